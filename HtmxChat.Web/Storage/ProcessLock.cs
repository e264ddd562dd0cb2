namespace HtmxChat.Web.Storage;

/// <summary>
/// Keeps a second process away from the same SQLite file: each would take the numbers that it knows for the newest.
/// The system lets go of the lock when the process ends, however it does.
/// </summary>
public sealed class ProcessLock(ChatFile file) : IDisposable
{
    FileStream? held;

    /// <summary>Taken until this is disposed. Creates the file's folder when it is missing.</summary>
    /// <exception cref="StartRefusedException">Another process has it, or nothing can be written there.</exception>
    public void Take()
    {
        var path = file.Path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new StartRefusedException($"HtmxChat is running already with {file.Path}. Stop that one first, or give this one a folder of its own with --Data:Folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"HtmxChat cannot write to {Path.GetDirectoryName(path)}: {e.Message} Mend that, or name another folder with --Data:Folder.");
        }
    }

    public void Dispose() => held?.Dispose();

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;
}
