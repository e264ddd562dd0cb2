using System.Globalization;
using System.Text;
using HtmxChat.Web.Live;

namespace HtmxChat.Web.Messages.Pins;

/// <summary>How many pinned messages a room has, above them; empty where there are none, and then nothing leads to them.</summary>
static class PinSign
{
    const string Id = "pins";

    /// <summary>The element as it is shown.</summary>
    public static OutsideElement Of(int count) => Element(count, seq: "");

    /// <summary>The event by which the number was changed.</summary>
    public static LogEvent Event(int count, long seq) =>
        new(seq, LogEventKind.ReplaceOutside, Id, Element(count, string.Create(CultureInfo.InvariantCulture, $" data-seq=\"{seq}\"")).Html);

    /// <summary>Whether it is this one of the elements beside the messages.</summary>
    public static bool Is(OutsideElement element) => element.Id == Id;

    static OutsideElement Element(int count, string seq) =>
        new(Id, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<span id=\"{Id}\"{seq}>{(count > 0 ? count : null)}</span>")));
}
