using System.Security.Cryptography;
using System.Text.Json;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.DataProtection;

namespace HtmxChat.Web.Messages;

/// <summary>
/// Deletion takes a text from the server at once. So that it can be undone, the page of whoever deleted it holds the text for a few
/// seconds, sealed: only this site can open it, for that person, and only until then.
/// </summary>
public sealed class Undo(IDataProtectionProvider protection)
{
    /// <summary>So long it can be undone; a little more than the page offers it.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("HtmxChat.Undo").ToTimeLimitedDataProtector();

    /// <summary>A deleted message.</summary>
    /// <param name="Deletion">The number of its deletion.</param>
    /// <param name="Text">What it said.</param>
    public sealed record DeletedText(long Person, long Room, long Seq, long Deletion, string Text)
    {
        /// <summary>What it asked; null when it asked nothing.</summary>
        public Poll? Poll { get; init; }

        /// <summary>The link whose preview was removed, and is not to be looked at again; null when there was none.</summary>
        public string? LeftAlone { get; init; }
    }

    /// <param name="person">Who has deleted it.</param>
    /// <param name="message">As it was before.</param>
    /// <param name="deletion">The number of its deletion.</param>
    public string Seal(PersonId person, Message message, long deletion) =>
        protector.Protect(JsonSerializer.Serialize(new DeletedText(person.Value, message.Room.Value, message.Seq, deletion, message.Text) { Poll = message.Poll, LeftAlone = message.Link is { IsRemoved: true } link ? link.Url : null }), Time);

    /// <summary>Null when it is not what was sealed for this person and message, or too late.</summary>
    public DeletedText? Open(string? sealedText, PersonId person, RoomId room, long seq)
    {
        try
        {
            var deleted = JsonSerializer.Deserialize<DeletedText>(protector.Unprotect(sealedText ?? ""));
            return deleted is not null && (deleted.Person, deleted.Room, deleted.Seq) == (person.Value, room.Value, seq) ? deleted : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
