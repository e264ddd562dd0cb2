using System.Globalization;
using HtmxChat.Web.Messages.Markup;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Messages.World;

/// <summary>A stretch of a public room as the world sees it: what is left of the messages of some numbers, oldest first.</summary>
/// <remarks>
/// Stretches end at multiples of <see cref="Numbers"/>, wherever one comes from: so there are so many pages and no more, and what stands on
/// one stays there while the room grows.
/// </remarks>
/// <param name="Start">The number before the first that belongs to it.</param>
/// <param name="End">The last that belongs to it; the greatest that there is at the room's end.</param>
/// <param name="Older">The newest message before it; null when there is none that the world may read.</param>
/// <param name="Newer">The oldest message after it; null when there is none.</param>
public sealed record WorldStretch(Room Room, IReadOnlyList<Message> Messages, long Start, long End, long? Older, long? Newer)
{
    /// <summary>So many numbers make a page.</summary>
    public const int Numbers = 50;

    const int DescriptionLength = 160;
    const int TitleLength = 60;

    /// <summary>The one that the page is about; null where it is about none.</summary>
    public Message? Marked { get; init; }

    public string RoomPath => $"/rooms/{Room.Id}";

    public bool IsNewest => End == long.MaxValue;

    public string? OlderPath => Older is null ? null : Before(Start + 1);

    public string? NewerPath =>
        Newer is not { } newer ? null :
        End % Numbers == 0 ? Before(StartOf(newer) + Numbers + 1) : string.Create(CultureInfo.InvariantCulture, $"{RoomPath}?after={End}");

    /// <summary>The address under which the same is to be found for ever.</summary>
    public string CanonicalPath => IsNewest ? RoomPath : Before(StartOf(Marked?.Seq ?? Start + 1) + Numbers + 1);

    /// <summary>Of the page.</summary>
    public string Title => Marked is { } message ? $"{message.Author.Name}: {Excerpt.Of(message.Text, TitleLength)} · {Room.Name}" : IsNewest || Messages.Count == 0 ? Room.Name : $"{Room.Name}, {Day(Messages[0])}";

    /// <summary>What it is about, in a line; empty where there is nothing to say.</summary>
    public string Description =>
        Marked is { } message ? Excerpt.Of(message.Text, DescriptionLength) :
        IsNewest && Room.Topic.Length > 0 ? Room.Topic :
        Messages.Count > 0 ? Excerpt.Of(Messages[0].Text, DescriptionLength) : "";

    /// <summary>The number before the first of the page that a number is on.</summary>
    public static long StartOf(long seq) => (seq - 1) / Numbers * Numbers;

    /// <summary>The addresses of all pages from one message to another, the newest first.</summary>
    public static IEnumerable<string> Pages(RoomId room, long oldest, long newest)
    {
        for (var start = StartOf(newest); start >= StartOf(oldest); start -= Numbers) yield return Before(room, start + Numbers + 1);
    }

    string Before(long before) => Before(Room.Id, before);

    static string Before(RoomId room, long before) => string.Create(CultureInfo.InvariantCulture, $"/rooms/{room.Value}?before={before}");

    static string Day(Message message) => message.SentAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
