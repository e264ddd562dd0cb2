using System.Buffers.Text;
using System.Security.Cryptography;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Previews;
using HtmxChat.Web.Rooms;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>
/// Looks at what is behind the links that people post, after they were posted, and shows it below their messages. In the background, on
/// the node that took the post: no post waits for it, and what is not looked at before a restart has no preview.
/// </summary>
public sealed class ShowPreviews(PreviewStore store, LookAtPage pages, Pictures pictures, PublishMessages publish, SiteDirectory sites, TimeProvider time, ILogger<ShowPreviews> logger) : BackgroundService
{
    /// <summary>As many are looked at at the same time.</summary>
    public const int AtOnce = 4;

    readonly WaitingLinks waiting = new(time);

    /// <summary>Has the first link of a message looked at that was posted, or changed, a moment ago. It has been committed.</summary>
    public void Offer(Message message)
    {
        if (!sites.Current.ShowsPreviews || message.Link is not null || FirstLink.In(message.Text) is not { } link || !pages.IsFor(link)) return;

        if (waiting.Add(new PreviewWork(message.Room, message.Seq, link)) is { } dropped)
            logger.LogWarning("More links wait to be looked at than {Most}; message {Seq} of room {Room} is left without a preview", WaitingLinks.Most, dropped.Seq, dropped.Room);
    }

    /// <summary>Takes the preview of a message away, for good. The caller has found that the person may.</summary>
    public async Task RemoveAsync(RoomAccess access, long seq, CancellationToken ct)
    {
        if (await store.RemoveAsync(access.Room.Id, seq, ct) is { } changed) await publish.RunAsync(changed);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RunAsync(stoppingToken)));

    async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var work = await waiting.TakeAsync(ct);
            try
            {
                await ShowAsync(work, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                logger.LogWarning(e, "The link in message {Seq} of room {Room} could not be looked at", work.Seq, work.Room);
            }
            finally
            {
                waiting.Done(work);
            }
        }
    }

    async Task ShowAsync(PreviewWork work, CancellationToken ct)
    {
        if (!await store.IsWantedAsync(work, ct) || await pages.RunAsync(work.Link, ct) is not { } page) return;

        var picture = page.Picture is { } file ? await pictures.ReadPreviewAsync(file, ct) : null;
        var preview = new LinkPreview(work.Link.AbsoluteUri, page.Site, page.Title, page.Description, picture is null ? null : VersionOf(picture));
        if (await store.ShowAsync(work, preview, picture, ct) is { } changed) await publish.RunAsync(changed);
    }

    static string VersionOf(byte[] picture) => Base64Url.EncodeToString(SHA256.HashData(picture).AsSpan(0, 16));
}
