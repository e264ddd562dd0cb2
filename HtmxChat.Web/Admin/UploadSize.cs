using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Shared;

namespace HtmxChat.Web.Admin;

/// <summary>How large a file may be that somebody uploads, in megabytes. One that exists is valid.</summary>
public sealed record UploadSize
{
    UploadSize(int megabytes) => Megabytes = megabytes;

    public int Megabytes { get; }

    /// <summary>Reads what somebody typed.</summary>
    public static UploadSize? Parse(string? text, out Refusal? refusal)
    {
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value);
        refusal = isNumber && value is >= 1 and <= Site.DefaultMaxUploadMegabytes ? null : new($"Please give a number from 1 to {Site.DefaultMaxUploadMegabytes}.");
        return refusal is null ? new UploadSize(value) : null;
    }
}
