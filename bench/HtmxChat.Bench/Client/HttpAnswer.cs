namespace HtmxChat.Bench.Client;

/// <summary>An answer, as long as the connection's next request has not been sent.</summary>
/// <param name="Head">The status line and the headers.</param>
/// <param name="Bytes">Its whole length with head and framing.</param>
public readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Head, int Bytes);
