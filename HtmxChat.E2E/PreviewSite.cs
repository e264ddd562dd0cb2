namespace HtmxChat.E2E;

/// <summary>A site that may look at some servers beside it.</summary>
public sealed class PreviewSite(Chromium chromium) : Site(chromium)
{
    static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAIAAAAt/+nTAAAA7UlEQVR42u3P4UaDAQCG0V1JRETEGBERY2TNVGZl2kybaTOVaXlUpjKV2fKpTJupTJupTM3UTM2sTBERY3Qzu4b9f88dHNMIX6N0x/gcpzNBe5KWmTcLzSka07zMUJ+lZuXJRnWOx3nunVQWKbu4W6bo4dbLtZ9CgHyIqzDZKJebnMcw4pxBeo9UgtNDjpMkTzhKcZAhYbB/wW4WcuwU2L4hVmSrxEaF6AORKuvPhOoEX1lr4n/H12b1A0+XlW/cP7h+WfpjoYezj+Mfu0kBBRRQQAEFFFBAAQUUUEABBRRQQAEFFFBAAQUUGDYwAOHK7KZ427HjAAAAAElFTkSuQmCC");

    /// <summary>As many places there are: of each one page a second is asked for.</summary>
    const int Places = 16;

    int pages;

    /// <summary>Each at an address of its own.</summary>
    public IReadOnlyList<OddServer> Elsewhere { get; } = [.. Enumerable.Range(2, Places).Select(i => new OddServer($"127.0.0.{i}"))];

    protected override string[] Settings => ["--Previews:AllowedNetworks", "127.0.0.0/8", "--Previews:Ports", string.Join(',', Elsewhere.Select(e => e.Port))];

    /// <summary>A page beside the site that can be linked to.</summary>
    public Uri NewPage(string title, string description = "", bool picture = false)
    {
        var n = Interlocked.Increment(ref pages);
        var server = Elsewhere[n % Elsewhere.Count];
        server.On("/picture.png", Png, "Content-Type: image/png");
        return server.OnPage($"/page-{n}", $"<title>{title}</title><meta name=description content='{description}'>{(picture ? "<meta property=og:image content=picture.png>" : "")}");
    }
}
