using System.Buffers.Text;
using System.Security.Cryptography;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HtmxChat.Web.Accounts;

#pragma warning disable CA1001 // A semaphore whose wait handle is never asked for holds nothing to dispose of.
/// <summary>People's pictures: uploaded, shown, removed.</summary>
public sealed class Pictures(SqlReader sql, GroupCommit writes, PeopleChanges changes)
{
    // One at a time: a picture of the largest size takes up to 200 MB while it is read.
    readonly SemaphoreSlim turn = new(1);

    /// <summary>Takes an upload as somebody's picture.</summary>
    /// <returns>Why it cannot be taken; null when it is done.</returns>
    public async Task<Refusal?> SetAsync(PersonId person, byte[] upload, CancellationToken ct)
    {
        var (content, refusal) = await ReadAsync(() => (PictureFile.Read(upload, out var why), why), ct);
        if (content is null) return refusal;

        await StoreAsync(person, content, ct);
        return null;
    }

    /// <summary>Reads an upload as the site's logo.</summary>
    /// <returns>The logo, or why it cannot be taken.</returns>
    public Task<(byte[]? Content, Refusal? Refusal)> ReadLogoAsync(byte[] upload, CancellationToken ct) => ReadAsync(() => (PictureFile.ReadLogo(upload, out var why), why), ct);

    /// <summary>Reads a picture of what is behind a link.</summary>
    /// <returns>Null when it cannot be taken.</returns>
    public async Task<byte[]?> ReadPreviewAsync(byte[] file, CancellationToken ct) => (await ReadAsync(() => (PictureFile.ReadPreview(file), null), ct)).Content;

    async Task<(byte[]? Content, Refusal? Refusal)> ReadAsync(Func<(byte[]?, Refusal?)> read, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            // In a thread of its own: it takes up to a second, in which the pool has others to answer.
            return await Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes somebody's picture away.</summary>
    public Task RemoveAsync(PersonId person, CancellationToken ct) => StoreAsync(person, content: null, ct);

    /// <summary>Answers with a picture to whoever knows its address, which is as long as a key: a message of a room that the world may read shows it to the world.</summary>
    public static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(long id, string picture, Pictures pictures, HttpContext http, CancellationToken ct)
    {
        if (await pictures.FindAsync(new PersonId(id), picture, ct) is not { } content) return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(content, "image/webp", entityTag: new EntityTagHeaderValue($"\"{picture}\""));
    }

    async Task<byte[]?> FindAsync(PersonId person, string picture, CancellationToken ct) => (await sql.AllAsync(
        "select c.content from pictures c join people p on p.id = c.person_id where p.id = @id and p.picture = @picture",
        row => row.GetFieldValue<byte[]>(0), ct, ("@id", person.Value), ("@picture", picture))).SingleOrDefault();

    async Task StoreAsync(PersonId person, byte[]? content, CancellationToken ct)
    {
        await writes.WriteAsync(session => Store(session, person, content), ct);
        changes.Announce(person);
    }

    static bool Store(SqlSession session, PersonId person, byte[]? content)
    {
        session.Execute("delete from pictures where person_id = @id", ("@id", person.Value));
        if (content is not null) session.Execute("insert into pictures (person_id, content) values (@id, @content)", ("@id", person.Value), ("@content", content));
        session.Execute("update people set picture = @picture where id = @id", ("@picture", content is null ? null : NameOf(content)), ("@id", person.Value));
        PeopleChanges.Count(session, person);
        return true;
    }

    static string NameOf(byte[] content) => Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16));
}
