using System.Diagnostics;
using System.Globalization;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Admin;

/// <summary>Moves a site from SQLite to PostgreSQL: <c>copy --from data/chat.db --to "Host=db;Username=chat;Database=chat"</c>.</summary>
public static class Copy
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Command = "copy";

    /// <returns>The program's exit code: 0 when everything is there and alike, else 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        if (options["from"] is not { } from || options["to"] is not { } to) return await RefuseAsync("""Say what is to be copied: copy --from data/chat.db --to "Host=…;Username=…;Database=…".""");
        if (!PostgresDatabase.IsNamedBy(to)) return await RefuseAsync("--to has to name a PostgreSQL server: Host=…, or postgres://….");
        if (!File.Exists(from)) return await RefuseAsync($"There is no file {from}.");

        try
        {
            var began = Stopwatch.GetTimestamp();
            using var target = new PostgresDatabase(to);
            var copied = await new CopyDatabase(new ChatFile($"Data Source={from};Pooling=False", ""), target).RunAsync(Say, ct);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Copied {copied.Rows:N0} rows in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s. Counts and contents are the same in both."));
            if (copied.WasInUse) Console.WriteLine("The server was running on the file: what it has stored since the beginning of this is not in the copy. Open pages will load anew.");
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            return await RefuseAsync(refusal.Message);
        }
    }

    static void Say(string table, TableContent content) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table,-24} {content.Rows,12:N0} rows   {content.Hash}"));

    static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
