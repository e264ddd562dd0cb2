using Npgsql;

namespace HtmxChat.Web.Storage;

/// <summary>How a PostgreSQL server is reached: as the connection string says, and where it says nothing, as suits this program.</summary>
static class PostgresSettings
{
    static readonly Dictionary<string, object> Preferred = new()
    {
        ["Application Name"] = "HtmxChat",
        // PostgreSQL takes 100 connections unless told otherwise, so two nodes fit.
        ["Maximum Pool Size"] = 40,
        // Statements are few and always the same.
        ["Max Auto Prepare"] = 100,
        ["Auto Prepare Min Usages"] = 2,
        // Nothing here leaves anything behind in its session, so a connection need not be reset for whoever has it next.
        ["No Reset On Close"] = true,
        // In seconds. Whoever waits for a page does not wait longer.
        ["Timeout"] = 5,
        ["Command Timeout"] = 10,
    };

    /// <summary>
    /// A node that is frozen or cut off inside a transaction would keep a room locked for all others. It gets its
    /// connection closed, and does the same again when it is back.
    /// </summary>
    const string LetGo = "-c idle_in_transaction_session_timeout=3000";

    public static bool AreIn(string connectionString) =>
        IsUrl(connectionString) || connectionString.Split(';').Any(part => part.Split('=')[0].Trim().Equals("Host", StringComparison.OrdinalIgnoreCase));

    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        var settings = IsUrl(connectionString) ? FromUrl(new Uri(connectionString)) : new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var (name, value) in Preferred.Where(p => !settings.ShouldSerialize(p.Key))) settings[name] = value;
        settings.Options = $"{LetGo} {settings.Options}".TrimEnd();
        return settings;
    }

    static bool IsUrl(string connectionString) =>
        connectionString.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || connectionString.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    // As libpq reads it: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host };
        if (url.Port > 0) settings.Port = url.Port;
        if (url.AbsolutePath.Length > 1) settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        if (url.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
        {
            settings.Username = Uri.UnescapeDataString(user);
            if (password is [var secret]) settings.Password = Uri.UnescapeDataString(secret);
        }
        foreach (var (name, value) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query)) settings[name] = value.ToString();
        return settings;
    }
}
