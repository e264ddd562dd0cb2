using System.Text.Json;
using System.Text.Json.Serialization;

namespace HtmxChat.Web.Messages.LinkPreviews;

/// <summary>What is behind a message's first link, as it said of itself when this server looked.</summary>
/// <param name="Url">The link.</param>
/// <param name="Site">What the place calls itself; may be empty.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Picture">Names the picture by its content, see <see cref="PreviewPictureRow"/>; null while there is none.</param>
public sealed record LinkPreview(string Url, string Site, string Title, string Description, string? Picture)
{
    /// <summary>Where the link leads: what the place calls itself can be anything.</summary>
    [JsonIgnore]
    public string Host => new Uri(Url).IdnHost;

    /// <summary>Whether it was removed, and nothing is to be shown.</summary>
    [JsonIgnore]
    public bool IsRemoved => Title.Length == 0;

    /// <summary>Reads what is stored; null where that is nothing.</summary>
    public static LinkPreview? Parse(string? stored) => stored is null ? null : Read(stored);

    /// <summary>The link of what is stored, also where its preview was removed.</summary>
    public static string LinkOf(string stored) => Read(stored).Url;

    /// <summary>What is stored in place of a preview that was removed, so that the same link is not looked at again.</summary>
    public static LinkPreview RemovedFor(string url) => new(url, Site: "", Title: "", Description: "", Picture: null);

    /// <summary>As it is stored.</summary>
    public string Stored() => JsonSerializer.Serialize(this, StoredJson.Default.LinkPreview);

    static LinkPreview Read(string stored) => JsonSerializer.Deserialize(stored, StoredJson.Default.LinkPreview)!;
}
