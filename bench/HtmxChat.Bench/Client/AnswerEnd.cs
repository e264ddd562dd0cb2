using System.Buffers.Text;
using System.Net;

namespace HtmxChat.Bench.Client;

/// <summary>Finds where an HTTP/1.1 answer ends (RFC 9112, section 6.3), given its bytes so far.</summary>
public static class AnswerEnd
{
    /// <returns>The lengths of the head and of the whole answer; null while it is not all there.</returns>
    public static (int Head, int All)? Find(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4) return null;

        var all = head + BodyLength(answer[..head], answer[head..]);
        return all is { } length && length <= answer.Length ? (head, length) : null;
    }

    /// <summary>The three digits of the status line.</summary>
    public static int Status(ReadOnlySpan<byte> head) => Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;

    static int? BodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (Status(head) == (int)HttpStatusCode.NoContent) return 0;
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0) return ChunkedLength(body);

        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + "Content-Length: ".Length)..], out int length, out _)) throw new WrongAnswerException("An answer does not say how long it is.");
        return length;
    }

    static int? ChunkedLength(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (true)
        {
            var line = body[at..].IndexOf("\r\n"u8);
            if (line < 0) return null;
            if (!Utf8Parser.TryParse(body.Slice(at, line), out int size, out _, 'x')) throw new WrongAnswerException("A chunk does not say how long it is.");

            at += line + 2 + size + 2;
            if (size == 0) return at;
            if (at > body.Length) return null;
        }
    }
}
