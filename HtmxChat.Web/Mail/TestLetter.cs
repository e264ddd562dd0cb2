namespace HtmxChat.Web.Mail;

/// <summary>Finds out, for whoever looks after the site, whether mail works: sends a letter at once and tells what the server said.</summary>
public sealed class TestLetter(MailSettings? settings)
{
    /// <summary>Whether a mail server is named.</summary>
    public bool IsPossible => settings is not null;

    /// <param name="to">An address.</param>
    /// <returns>Whether the letter was taken, and the server's words or what went wrong, as they are.</returns>
    public async Task<(bool WasTaken, string Words)> SendAsync(string to, CancellationToken ct)
    {
        if (settings is null) return (false, "This site sends no mail: there is no setting Mail:Host.");

        try
        {
            var letter = new Letter("test", to, "Mail works", ["This letter was asked for on the settings page. Mail from this site arrives."], "/", "Open the site");
            return (true, await new Smtp(settings).SendAsync(letter, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (false, e.Message);
        }
    }
}
