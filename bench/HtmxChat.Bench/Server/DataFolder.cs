using System.Globalization;

namespace HtmxChat.Bench.Server;

/// <summary>A database of its own for one measurement, filled by the program's <c>seed</c> command and deleted afterwards.</summary>
public sealed class DataFolder : IDisposable
{
    // Beside this program and not among the temporary files: those may be in memory, where fsync costs nothing.
    DataFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "data", Guid.NewGuid().ToString("N"));

    /// <summary>Where the messages are.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "chat.db");

    /// <summary>A folder with nothing in it.</summary>
    public static DataFolder Empty() => new();

    /// <summary>A database with one room; people are called as <see cref="HtmxChat.Web.Admin.SeedWords"/> says.</summary>
    /// <param name="settings">More of the program's, for example to have it seed another database than the folder's.</param>
    public static async Task<DataFolder> SeedAsync(Plan plan, int people, int messages, CancellationToken ct, params string[] settings)
    {
        var data = new DataFolder();
        var numbers = new[] { "--rooms", "1", "--people", Text(people), "--messages", Text(messages) };
        using var seeding = ChatServer.Run(plan.ServerFolder, ["seed", .. numbers, "--Data:Folder", data.Path, .. settings]);
        await seeding.WaitForExitAsync(ct);
        if (seeding.ExitCode == 0) return data;

        data.Dispose();
        throw new WrongAnswerException($"Seeding ended with {seeding.ExitCode}.");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
