namespace HtmxChat.Web.Live;

/// <summary>Who reads a log, and since when nobody does. A log that is closed stays closed; the room's next one is another.</summary>
sealed class LogUse(TimeProvider time)
{
    readonly Lock gate = new();
    long lastUse = time.GetTimestamp();
    int readers;
    bool isClosed;

    public bool IsClosed { get { lock (gate) return isClosed; } }

    /// <summary>Counts a reader in, until the result is disposed.</summary>
    /// <exception cref="IOException">The log has been closed.</exception>
    public IDisposable Enter()
    {
        lock (gate)
        {
            if (isClosed) throw new IOException("The log was closed before its reader came.");
            readers++;
        }
        return new Place(this);
    }

    /// <summary>Keeps the log open for somebody who is about to read it.</summary>
    /// <returns>False when it has been closed.</returns>
    public bool TryKeep()
    {
        lock (gate)
        {
            lastUse = time.GetTimestamp();
            return !isClosed;
        }
    }

    /// <summary>Closes the log when nobody has read it for so long.</summary>
    public bool TryClose(TimeSpan unused)
    {
        lock (gate) return isClosed = readers == 0 && time.GetElapsedTime(lastUse) >= unused;
    }

    void Leave()
    {
        lock (gate)
        {
            readers--;
            lastUse = time.GetTimestamp();
        }
    }

    sealed class Place(LogUse use) : IDisposable
    {
        public void Dispose() => use.Leave();
    }
}
