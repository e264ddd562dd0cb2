using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace HtmxChat.Web.Previews;

/// <summary>
/// Looks at what is behind a link: its title, description and picture. Bounded in time, in size and in how far it follows, and
/// nothing in its requests says who has posted the link or where.
/// </summary>
public sealed class LookAtPage : IDisposable
{
    /// <summary>Of a page or a picture, as it comes over the wire; headers and all.</summary>
    public const int MaxReceivedBytes = 4 * 1024 * 1024;

    /// <summary>Of a page, after it was unpacked.</summary>
    public const int MaxPageBytes = 512 * 1024;

    /// <summary>Of a picture.</summary>
    public const int MaxPictureBytes = 2 * 1024 * 1024;

    /// <summary>How often one is sent on.</summary>
    public const int MaxRedirects = 5;

    const int MaxHeaderKilobytes = 32;

    /// <summary>For the page in all, and once more for its picture.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    static readonly ProductInfoHeaderValue[] UserAgent = [new("HtmxChat", "1.0"), new("(link preview)")];

    readonly PreviewSettings settings;
    readonly OwnAddresses own;
    readonly TimeProvider time;
    readonly HttpClient http;

    public LookAtPage(PreviewSettings settings, OwnAddresses own, TimeProvider time) : this(settings, own, Names.ResolveAsync, time)
    {
    }

    /// <param name="resolve">Finds the addresses of a name.</param>
    internal LookAtPage(PreviewSettings settings, OwnAddresses own, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
    {
        (this.settings, this.own, this.time) = (settings, own, time);
        http = new HttpClient(NewHandler(new PublicConnections(settings, resolve))) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var part in UserAgent) http.DefaultRequestHeaders.UserAgent.Add(part);
    }

    /// <summary>Whether anything would be asked about this link.</summary>
    public bool IsFor(Uri link) => settings.Allows(link) && !own.Has(link);

    /// <returns>Null when there is nothing to show: it cannot be reached, is no page, or has no title.</returns>
    public async Task<FoundPage?> RunAsync(Uri link, CancellationToken ct)
    {
        if (await WithinTimeAsync(limit => ReadAsync(link, limit), ct) is not { } page) return null;

        var picture = page.Head.Picture is { } at && Uri.TryCreate(page.At, at, out var address) ? await WithinTimeAsync(limit => ReadPictureAsync(address, limit), ct) : null;
        return new FoundPage(page.Head.Site, page.Head.Title, page.Head.Description, picture);
    }

    public void Dispose() => http.Dispose();

    sealed record Page(Uri At, PageHead Head);

    // Whatever goes wrong over there is nothing to us: there is no preview then.
    async Task<T?> WithinTimeAsync<T>(Func<CancellationToken, Task<T?>> look, CancellationToken ct) where T : class
    {
        using var patience = new CancellationTokenSource(MaxTime, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await look(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or UriFormatException)
        {
            return null;
        }
    }

    async Task<Page?> ReadAsync(Uri link, CancellationToken ct)
    {
        using var answer = await FollowAsync(link, "text/html", ct);
        if (answer?.Content.Headers.ContentType is not { MediaType: "text/html" or "application/xhtml+xml" } type) return null;

        var bytes = await ReadAsync(answer, MaxPageBytes, IsEndOfHead, ct);
        var head = PageHead.Read(PageText.Decode(bytes.ToArray(), type.CharSet));
        return head.Title.Length == 0 ? null : new Page(answer.RequestMessage!.RequestUri!, head);
    }

    async Task<byte[]?> ReadPictureAsync(Uri link, CancellationToken ct)
    {
        using var answer = await FollowAsync(link, "image/webp,image/png,image/jpeg,image/gif", ct);
        if (answer?.Content.Headers is not { ContentType.MediaType: "image/jpeg" or "image/png" or "image/gif" or "image/webp" } headers || headers.ContentLength > MaxPictureBytes) return null;

        var bytes = await ReadAsync(answer, MaxPictureBytes + 1, _ => false, ct);
        return bytes.Length > MaxPictureBytes ? null : bytes.ToArray();
    }

    // By hand, because each step is to be checked like the first.
    async Task<HttpResponseMessage?> FollowAsync(Uri link, string accept, CancellationToken ct)
    {
        for (var steps = 0; steps <= MaxRedirects && IsFor(link); steps++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.Add("Accept", accept);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode == HttpStatusCode.OK) return answer;

            var next = answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                ? answer.Headers.Location : null;
            answer.Dispose();
            if (next is null) return null;
            link = new Uri(link, next);
        }
        return null;
    }

    static async Task<MemoryStream> ReadAsync(HttpResponseMessage answer, int max, Func<ReadOnlySpan<byte>, bool> isEnough, CancellationToken ct)
    {
        using var body = await answer.Content.ReadAsStreamAsync(ct);
        var (all, buffer) = (new MemoryStream(), new byte[16 * 1024]);
        while (all.Length < max && await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, max - all.Length)), ct) is > 0 and var count)
        {
            all.Write(buffer, 0, count);

            // From a little before what is new, where the end may have been cut in two.
            var from = (int)Math.Max(0, all.Length - count - EndOfHead.Length);
            if (isEnough(all.GetBuffer().AsSpan(from, (int)all.Length - from))) break;
        }
        return all;
    }

    static ReadOnlySpan<byte> EndOfHead => "</head>"u8;

    static bool IsEndOfHead(ReadOnlySpan<byte> html) => html.IndexOf(EndOfHead) >= 0 || html.IndexOf("</HEAD>"u8) >= 0;

    static SocketsHttpHandler NewHandler(PublicConnections connections) => new()
    {
        ConnectCallback = connections.ConnectAsync,
        PooledConnectionLifetime = TimeSpan.Zero, // each request has its name resolved and checked anew
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null, // or the request's trace would go along
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,

        // A certificate can name an address from where to fetch another: that would be a request that nobody has checked.
        SslOptions = { CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck } },
    };
}
