namespace HtmxChat.Web.Shared;

/// <summary>Lets a few uploads in at once: each is kept on the disk while it comes and in memory while it is read. Safe for any number of threads.</summary>
public sealed class Uploads
{
    /// <summary>Of all callers together.</summary>
    public const int MaxAtOnce = 8;

    /// <summary>Of one caller, so that one who sends slowly leaves places for others.</summary>
    public const int MaxOfOne = 2;

    /// <summary>How long one may take: 8 MB come in by then over a line of 230 kbit/s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Lock guard = new();
    readonly Dictionary<Caller, int> here = [];
    int count;

    /// <summary>Takes a place, which is free again when it is disposed.</summary>
    /// <exception cref="TooBusyException">There is none just now.</exception>
    public IDisposable Take(Caller caller)
    {
        lock (guard)
        {
            var own = here.GetValueOrDefault(caller);
            if (count == MaxAtOnce || own == MaxOfOne) throw new TooBusyException();

            (count, here[caller]) = (count + 1, own + 1);
        }
        return new Place(this, caller);
    }

    void Leave(Caller caller)
    {
        lock (guard)
        {
            count--;
            if (--here[caller] == 0) here.Remove(caller);
        }
    }

    sealed class Place(Uploads uploads, Caller caller) : IDisposable
    {
        public void Dispose() => uploads.Leave(caller);
    }
}
