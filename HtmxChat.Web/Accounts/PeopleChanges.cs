using System.Globalization;
using System.Text;
using HtmxChat.Web.Live;
using HtmxChat.Web.Shared;
using HtmxChat.Web.Storage;

namespace HtmxChat.Web.Accounts;

/// <summary>
/// Makes a change of a person known on every node: to their sessions, to their live connections, which come back as who the
/// person is now, and to the lists that show their name. Where the word of it is lost, <see cref="SessionWatch"/> and
/// <see cref="RoomLog.ListKeepTime"/> do so within two seconds.
/// </summary>
public sealed class PeopleChanges(LiveConnections live, RoomLogs logs, SessionTickets tickets, SiteDirectory sites, IRelay relay, PeopleNames names)
{
    readonly Lock gate = new();
    HashSet<PersonId> changed = [];

    /// <summary>Belongs into the transaction that changes somebody's name, handle, picture, language, zone, preferences, role or standing.</summary>
    /// <remarks>The stamp keeps Identity from writing back a row that it has read before.</remarks>
    public static void Count(SqlSession sql, PersonId person) => sql.Execute(
        "update people set version = version + 1, concurrency_stamp = @stamp where id = @id",
        ("@stamp", Guid.NewGuid().ToString()), ("@id", person.Value));

    /// <summary>Says that somebody was changed. The change has been counted by <see cref="Count"/> and committed.</summary>
    public void Announce(PersonId person)
    {
        relay.Publish(Channel(sites.Current), Encoding.ASCII.GetBytes(person.ToString()));
        Hear(person);
    }

    /// <summary>Who was changed, here or on another node, since this was last asked.</summary>
    public IReadOnlySet<PersonId> TakeChanges()
    {
        lock (gate)
        {
            var taken = changed;
            if (taken.Count > 0) changed = [];
            return taken;
        }
    }

    /// <summary>Where nodes tell each other whom they have changed.</summary>
    internal static string Channel(Site site) => $"{site.Epoch}:people";

    /// <summary>Takes that somebody was changed elsewhere, of whom this node had not heard.</summary>
    internal void Note(PersonId person)
    {
        lock (gate) changed.Add(person);
        names.Forget();
    }

    /// <summary>Takes what another node has said there.</summary>
    internal void Hear(ReadOnlySpan<byte> message)
    {
        if (long.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out var person)) Hear(new PersonId(person));
    }

    void Hear(PersonId person)
    {
        tickets.Forget(person);
        logs.Forget();
        live.Renew(person);
        Note(person);
    }
}
