namespace HtmxChat.Web.Live;

/// <summary>One channel that is listened to, until this is disposed.</summary>
/// <param name="begun">Completes when whatever is published from then on is heard; never fails, and may never complete.</param>
/// <param name="end">Stops it.</param>
public sealed class Listening(Task begun, Action end) : IDisposable
{
    /// <summary>Completes when whatever is published from then on is heard. Never fails; while the relay is away it does not complete.</summary>
    public Task Begun { get; } = begun;

    public void Dispose() => end();
}
