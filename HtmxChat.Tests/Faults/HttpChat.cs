using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using HtmxChat.Web.Shared;
using Microsoft.Data.Sqlite;

namespace HtmxChat.Tests.Faults;

/// <summary>A room of a real server, by way of a browser that has signed in. It may be reached through a proxy.</summary>
/// <param name="database">A new connection to what the server stores in.</param>
sealed class HttpChat(Browser browser, RoomId room, Func<DbConnection> database) : IChat
{
    readonly ConcurrentQueue<int> refusals = new();
    Answer? form;

    /// <summary>The status of every answer to a post that was not the acknowledgement.</summary>
    public IReadOnlyCollection<int> Refusals => refusals;

    /// <summary>The same room of the same site, reached by another address.</summary>
    public HttpChat At(Uri address) => new(browser.At(address), room, database);

    /// <summary>A connection to a server's SQLite file.</summary>
    public static Func<DbConnection> File(string path) => () => new SqliteConnection($"Data Source={path};Pooling=False");

    public Task<string> LoadAsync(CancellationToken ct) => AskAsync(async () => Good(await browser.GetAsync($"/rooms/{room}"), HttpStatusCode.OK).Text, ct);

    public async Task<long> PostAsync(string key, string text, CancellationToken ct)
    {
        var composer = await FormAsync(ct);
        var answer = await AskAsync(() => browser.SubmitByHtmxAsync(composer, $"/rooms/{room}", ("key", key), ("text", text)), ct);
        if (answer.Status != HttpStatusCode.NoContent) refusals.Enqueue((int)answer.Status);
        using var ack = JsonDocument.Parse(Good(answer, HttpStatusCode.NoContent).Header("HX-Trigger")!);
        return ack.RootElement.GetProperty("chat:ack").GetProperty("seq").GetInt64();
    }

    /// <summary>Has what a post needs, so that the next post is one request.</summary>
    public Task LoadFormAsync(CancellationToken ct) => FormAsync(ct);

    public async Task<ILive> OpenAsync(string position, CancellationToken ct)
    {
        try
        {
            return new Live(await browser.ConnectAsync(room, position, browser.OwnOrigin, ct));
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException)
        {
            throw new IOException("No WebSocket was to be had.", e);
        }
    }

    public async Task<IReadOnlyList<StoredMessage>> StoredAsync(CancellationToken ct)
    {
        await using var connection = database();
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select seq, author_id, client_key, text from messages where room_id = @room order by seq";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@room", room.Value);
        command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var stored = new List<StoredMessage>();
        while (await rows.ReadAsync(ct)) stored.Add(new StoredMessage(rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetString(3)));
        return stored;
    }

    async Task<Answer> FormAsync(CancellationToken ct) =>
        form ??= await AskAsync(async () => Good(await browser.GetAsync($"/rooms/{room}/composer"), HttpStatusCode.OK), ct);

    static Answer Good(Answer answer, HttpStatusCode expected) =>
        answer.Status == expected ? answer : throw new IOException($"The server answered {(int)answer.Status}.");

    static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask().WaitAsync(ct);
        }
        catch (HttpRequestException e)
        {
            throw new IOException("There was no answer.", e);
        }
    }

    sealed class Live(ClientWebSocket socket) : ILive
    {
        // What a page takes for a dead connection.
        static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

        readonly byte[] buffer = new byte[16 * 1024];

        public async Task<string?> NextAsync(CancellationToken ct)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
            silence.CancelAfter(Silence);
            try
            {
                var frame = new MemoryStream();
                while (true)
                {
                    var received = await socket.ReceiveAsync(buffer.AsMemory(), silence.Token);
                    if (received.MessageType == WebSocketMessageType.Close) return null;
                    frame.Write(buffer, 0, received.Count);
                    if (received.EndOfMessage) return Encoding.UTF8.GetString(frame.GetBuffer(), 0, (int)frame.Length);
                }
            }
            catch (Exception e) when (e is WebSocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return null;
            }
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
