using System.Globalization;
using HtmxChat.Web.Accounts;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HtmxChat.Web.Admin;

/// <summary>
/// Fills an empty database for trying out and for measuring: <c>seed --rooms 20 --people 500 --messages 1000000</c>. The
/// same numbers give the same names, texts and times; only keys and passwords' salts differ.
/// </summary>
public sealed class Seed(ChatDb db, Database database, GroupCommit writes, IPasswordHasher<Person> hasher)
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Command = "seed";

    const string Password = "correct horse";
    const int MessagesPerWrite = 10_000;
    const int MessagesAtATime = 8;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(40);
    static readonly DateTimeOffset End = new(2026, 11, 1, 18, 0, 0, TimeSpan.Zero);

    readonly SeedWords words = new(new Random(20261101));
    readonly Dictionary<int, (PersonId Author, DateTimeOffset SentAt)> newest = [];
    readonly string password = hasher.HashPassword(new Person { DisplayName = "" }, Password);

    /// <returns>The program's exit code: 0, or 1 when the database is somebody's already.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        // Not the whole server: its port may be in use.
        var writes = app.Services.GetRequiredService<GroupCommit>();
        await writes.StartAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var seed = ActivatorUtilities.CreateInstance<Seed>(scope.ServiceProvider);
        var result = await seed.RunAsync(
            rooms: app.Configuration.GetValue("rooms", 20),
            people: app.Configuration.GetValue("people", 50),
            messages: app.Configuration.GetValue("messages", 10_000), app.Lifetime.ApplicationStopping);
        await writes.StopAsync(CancellationToken.None);
        return result;
    }

    async Task<int> RunAsync(int rooms, int people, int messages, CancellationToken ct)
    {
        if (await db.Set<SiteRow>().AnyAsync(ct))
        {
            await Console.Error.WriteLineAsync("This database holds a site already. Name an empty one with --Data:Folder or --ConnectionStrings:Chat.");
            return 1;
        }

        db.Add(new SiteRow { Name = "Riverside", Epoch = "seeded01" });
        for (var i = 1; i <= people; i++) db.Add(NewPerson(i));
        for (var i = 1; i <= rooms; i++) db.Add(NewRoom(i));
        await db.SaveChangesAsync(ct);
        await writes.WriteAsync(sql => SkipUsedIds(sql), ct);

        for (var written = 0; written < messages; written += MessagesPerWrite)
        {
            var (from, to) = (written, Math.Min(messages, written + MessagesPerWrite));
            await writes.WriteAsync(sql => WriteMessages(sql, from, to, messages, rooms, people), ct);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rooms} rooms, {people} people and {messages} messages. Sign in as {words.PersonName(1)}, or as anybody, with the password '{Password}'."));
        return 0;
    }

    bool SkipUsedIds(SqlSession sql)
    {
        database.SkipUsedIds(sql);
        return true;
    }

    Person NewPerson(int number)
    {
        var name = words.PersonName(number);
        return new Person
        {
            Id = number,
            DisplayName = name,
            UserName = Handle.From(name).Text,
            NormalizedUserName = Handle.From(name).Text.ToUpperInvariant(),
            PasswordHash = password,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            Role = number == 1 ? Role.Administrator : Role.Member,
            JoinedAtMs = End.AddYears(-1).ToUnixTimeMilliseconds(),
        };
    }

    RoomRow NewRoom(int number)
    {
        var name = number == 1 ? "Lobby" : words.RoomName(number);
        return new RoomRow { Id = number, Name = name, NameKey = PlainLine.Key(name), Topic = words.Sentence(), CreatedById = 1, CreatedAtMs = End.AddYears(-1).ToUnixTimeMilliseconds() };
    }

    // To the rooms in turn, and to a few people at a time, of whom one now and then goes on.
    bool WriteMessages(SqlSession sql, int from, int to, int all, int rooms, int people)
    {
        for (var i = from; i < to; i++)
        {
            var (room, seq) = (i % rooms + 1, i / rooms + 1);
            (PersonId Author, DateTimeOffset SentAt)? before = newest.TryGetValue(room, out var last) ? last : null;
            var (goesOn, other) = (words.Below(3) == 0, new PersonId((seq / 40 * 7 + words.Below(5)) % people + 1));
            var (author, sentAt) = newest[room] = (goesOn && before is not null ? last.Author : other, TimeOf(i, all, rooms));
            sql.Execute(
                """
                insert into messages (room_id, seq, changed_seq, author_id, client_key, text, sent_at_ms, placement)
                values (@room, @seq, @seq, @author, @key, @text, @now, @placement)
                """,
                ("@room", room), ("@seq", seq), ("@author", author.Value), ("@key", $"seeded-{i:D12}"), ("@text", words.Message()),
                ("@now", sentAt.ToUnixTimeMilliseconds()), ("@placement", (int)Placements.After(before, author, sentAt)));
            sql.Execute("insert into events (room_id, seq, kind, message_seq) values (@room, @seq, 1, @seq)", ("@room", room), ("@seq", seq));
        }
        sql.Execute(
            """
            update rooms set last_seq = coalesce((select max(seq) from events where room_id = rooms.id), 0),
              message_count = (select count(*) from messages where room_id = rooms.id)
            """);
        return true;
    }

    // A few at a time in each room, as conversations go, and these evenly over a year.
    static DateTimeOffset TimeOf(int message, int all, int rooms)
    {
        var (nth, between) = (message / rooms % MessagesAtATime, TimeSpan.FromDays(365) * rooms / all);
        return End - between * ((double)(all - message) / rooms + nth) + nth * (Pause < between ? Pause : between);
    }
}
