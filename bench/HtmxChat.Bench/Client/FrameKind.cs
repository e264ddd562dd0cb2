namespace HtmxChat.Bench.Client;

/// <summary>What a frame is (RFC 6455, section 11.8).</summary>
public enum FrameKind : byte
{
    Text = 0x1,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}
