using System.Net;
using HtmxChat.E2E;
using HtmxChat.Web.Shared;
using Microsoft.Data.Sqlite;

namespace HtmxChat.Tests.Admin;

public sealed class SeedTests : IDisposable
{
    readonly List<string> folders = [];

    [Fact]
    public async Task A_seeded_site_can_be_signed_in_to_and_is_as_large_as_was_asked_for()
    {
        var (folder, code, said) = await SeedAsync(NewFolder(), "--rooms", "3", "--people", "4", "--messages", "100");
        Assert.Equal((0, "3 rooms, 4 people and 100 messages. Sign in as Ada Abbott, or as anybody, with the password 'correct horse'."), (code, said));

        await using var server = ChatServer.On(folder);
        await server.StartAsync();
        using var ada = new Browser(new Uri(server.Url), HttpVersion.Version11);
        Assert.Equal("/", (await ada.SubmitAsync("/sign-in", ("Name", "Ada Abbott"), ("Password", "correct horse"))).Location);
        var page = await ada.GetAsync("/rooms/1");
        Assert.Equal(34, page.Messages.Count());
        Assert.Equal(3, page.Page.QuerySelectorAll("#room-list li").Length);

        Assert.Equal(5, page.Page.QuerySelectorAll(".day").Length);
        var goOn = page.Page.QuerySelectorAll(".message.goes-on");
        Assert.InRange(goOn.Length, 5, 29);
        Assert.All(goOn, message => Assert.Equal(message.PreviousElementSibling!.GetAttribute("data-author"), message.GetAttribute("data-author")));

        await ada.SayAsync(new RoomId(1), "After the seeds.");
        Assert.EndsWith(".35", await ada.PositionAsync(new RoomId(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_numbers_give_the_same_content()
    {
        var (first, _, _) = await SeedAsync(NewFolder(), "--rooms", "2", "--people", "3", "--messages", "60");
        var (second, _, _) = await SeedAsync(NewFolder(), "--rooms", "2", "--people", "3", "--messages", "60");

        Assert.Equal(await ContentAsync(first), await ContentAsync(second));
    }

    [Fact]
    public async Task A_database_that_is_somebodys_already_is_left_alone()
    {
        var (folder, _, _) = await SeedAsync(NewFolder(), "--rooms", "1", "--people", "1", "--messages", "1");
        var before = await ContentAsync(folder);

        var (_, code, said) = await SeedAsync(folder, "--rooms", "1", "--people", "1", "--messages", "1");

        Assert.Equal((1, "This database holds a site already. Name an empty one with --Data:Folder or --ConnectionStrings:Chat."), (code, said));
        Assert.Equal(before, await ContentAsync(folder));
    }

    public void Dispose() => folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    string NewFolder()
    {
        folders.Add(Directory.CreateTempSubdirectory("htmxchat-").FullName);
        return folders[^1];
    }

    static async Task<(string Folder, int Code, string Said)> SeedAsync(string folder, params string[] numbers)
    {
        using var seeding = ChatServer.Run(["seed", .. numbers, "--Data:Folder", folder]);
        var (said, complained) = (seeding.StandardOutput.ReadToEndAsync(Ct), seeding.StandardError.ReadToEndAsync(Ct));
        await seeding.WaitForExitAsync(Ct).Soon();
        return (folder, seeding.ExitCode, $"{await said}{await complained}".Trim());
    }

    static async Task<List<string>> ContentAsync(string folder)
    {
        await using var db = new SqliteConnection($"Data Source={folder}/chat.db;Pooling=False");
        await db.OpenAsync(Ct);
        await using var command = db.CreateCommand();
        command.CommandText =
            """
            select p.user_name || r.name || r.topic || m.seq || m.text || m.sent_at_ms from messages m
            join rooms r on r.id = m.room_id join people p on p.id = m.author_id order by r.id, m.seq
            """;
        var content = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Ct);
        while (await rows.ReadAsync(Ct)) content.Add(rows.GetString(0));
        return content;
    }
}
