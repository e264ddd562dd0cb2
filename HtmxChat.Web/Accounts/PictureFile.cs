using HtmxChat.Web.Shared;
using NetVips;

namespace HtmxChat.Web.Accounts;

/// <summary>A picture that somebody has uploaded, read and written anew: nothing of what was uploaded is kept but what can be seen.</summary>
public static class PictureFile
{
    /// <summary>Of an upload; photographs of today's phones have 3 to 6 MB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Of an upload. A file of some kilobytes can say that it has billions.</summary>
    public const int MaxPixels = 50_000_000;

    /// <summary>Width and height of what is kept: three times what a message shows, for dense screens, and enough for a person's page.</summary>
    public const int Side = 192;

    const int Quality = 82;

    /// <summary>Of a logo, for dense screens.</summary>
    const int LogoWidth = 480;

    const int LogoHeight = 96;

    /// <summary>Width and height, at most, of the picture of what is behind a link, for dense screens.</summary>
    public const int PreviewSide = 480;

    /// <summary>Of such a picture as it comes.</summary>
    public const int MaxPreviewPixels = 20_000_000;

    /// <summary>Why a file cannot be taken that is larger than the site is set to take.</summary>
    public static Refusal TooLarge(Site site) => new($"That picture is larger than {site.MaxUploadMegabytes} MB. Please choose a smaller one.");

    static readonly Refusal NoPicture = new("That is no picture that this place can read. Please choose a JPEG, PNG, GIF or WebP.");

    static PictureFile()
    {
        // Loaders that were not written for strangers' files are switched off for the whole process, and what the others say of such files is said to the person.
        NetVips.NetVips.BlockUntrusted = true;
        NetVips.NetVips.Concurrency = 1; // by default a picture keeps every processor busy
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>Reads an upload of at most <see cref="MaxBytes"/>.</summary>
    /// <returns>A square WebP; null when it is refused.</returns>
    public static byte[]? Read(byte[] upload, out Refusal? refusal) =>
        // It is turned as the camera was held, cut to a square around its middle, and brought into the colours of screens.
        Read(upload, () => Image.ThumbnailBuffer(upload, Side, height: Side, crop: Enums.Interesting.Centre, outputProfile: "srgb", failOn: Enums.FailOn.Error), out refusal);

    /// <summary>Reads an upload of at most <see cref="MaxBytes"/> that is shown whole.</summary>
    /// <returns>A WebP in the upload's proportions; null when it is refused.</returns>
    public static byte[]? ReadLogo(byte[] upload, out Refusal? refusal) =>
        Read(upload, () => Image.ThumbnailBuffer(upload, LogoWidth, height: LogoHeight, size: Enums.Size.Down, outputProfile: "srgb", failOn: Enums.FailOn.Error), out refusal);

    /// <summary>Reads a picture that was found somewhere.</summary>
    /// <returns>A WebP in its proportions; null when it cannot be taken.</returns>
    public static byte[]? ReadPreview(byte[] file) =>
        Read(file, () => Image.ThumbnailBuffer(file, PreviewSide, height: PreviewSide, size: Enums.Size.Down, outputProfile: "srgb", failOn: Enums.FailOn.Error), out _, MaxPreviewPixels);

    static byte[]? Read(byte[] upload, Func<Image> shrink, out Refusal? refusal, int maxPixels = MaxPixels)
    {
        refusal =
            upload.Length == 0 ? new("Please choose a picture.") :
            !IsKnown(upload) ? NoPicture :
            null;
        return refusal is null ? Shrink(upload, shrink, maxPixels, out refusal) : null;
    }

    static byte[]? Shrink(byte[] upload, Func<Image> shrink, int maxPixels, out Refusal? refusal)
    {
        try
        {
            // This reads the beginning of the file and decodes nothing yet.
            using (var header = Image.NewFromBuffer(upload, access: Enums.Access.Sequential))
            {
                if ((long)header.Width * header.Height > maxPixels)
                {
                    refusal = new($"That picture has {header.Width:N0} by {header.Height:N0} points, which is more than this place can take. Please make it smaller first.");
                    return null;
                }
            }

            using var picture = shrink();
            refusal = null;
            return picture.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException)
        {
            refusal = NoPicture;
            return null;
        }
    }

    // By its first bytes, before any decoder sees it.
    static bool IsKnown(ReadOnlySpan<byte> upload) =>
        upload.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || upload.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ||
        upload.StartsWith("GIF8"u8) || (upload.StartsWith("RIFF"u8) && upload.Length > 12 && upload[8..12].SequenceEqual("WEBP"u8));
}
