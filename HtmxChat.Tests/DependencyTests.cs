using HtmxChat.Web.Messages;
using HtmxChat.Web.Rooms;
using HtmxChat.Web.Storage;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HtmxChat.Tests;

/// <summary>The directions that dependencies may take between the slices, read from the built program.</summary>
public sealed class DependencyTests
{
    const string Root = "HtmxChat.Web";

    static readonly ILookup<string, Type> Slices = typeof(Program).Assembly.GetTypes()
        .Where(t => t.DeclaringType is null && t.Namespace?.StartsWith($"{Root}.", StringComparison.Ordinal) == true)
        .Where(t => !t.IsSubclassOf(typeof(RazorPageBase)) && !t.Name.EndsWith("Registration", StringComparison.Ordinal))
        .ToLookup(t => SliceOf(t)!);

    [Theory]
    [InlineData("Shared")]
    [InlineData("Storage", "Shared")]
    [InlineData("Live", "Shared")]
    [InlineData("Mail", "Shared")]
    [InlineData("Previews", "Shared")]
    [InlineData("Accounts", "Shared", "Storage", "Live", "Mail")]
    [InlineData("Rooms", "Shared", "Storage", "Live", "Accounts")]
    [InlineData("Messages", "Shared", "Storage", "Live", "Previews", "Accounts", "Rooms")]
    [InlineData("Admin", "Shared", "Storage", "Mail", "Accounts", "Rooms", "Messages", "Live")]
    public void A_slice_uses_nothing_but(string slice, params string[] allowed)
    {
        Assert.NotEmpty(Slices[slice]);

        var used = Slices[slice].SelectMany(user => UsedTypes.Of(user).Select(t => (User: user.Name, Slice: SliceOf(t), Used: t.Name)));

        Assert.Empty(used.Where(x => x.Slice is not null && x.Slice != slice && !allowed.Contains(x.Slice)).Distinct());
    }

    [Fact]
    public void Every_slice_has_its_rule()
    {
        var ruled = typeof(DependencyTests).GetMethod(nameof(A_slice_uses_nothing_but))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(a => (string)((InlineDataAttribute)a).Data[0]!);

        Assert.Equal(Slices.Select(s => s.Key).Order(), ruled.Order());
    }

    [Fact]
    public void The_folders_of_Messages_go_in_no_circle()
    {
        var uses = Slices["Messages"].SelectMany(user => UsedTypes.Of(user).Select(used => (User: PartOf(user), Used: PartOf(used))))
            .Where(u => u.User is not null && u.Used is not null && u.User != u.Used).Distinct().ToList();
        Assert.Contains(("Reminders", "Later"), uses);

        for (var before = 0; uses.Count != before;)
        {
            before = uses.Count;
            uses.RemoveAll(u => uses.TrueForAll(other => other.User != u.Used));
        }

        Assert.Empty(uses.Select(u => $"{u.User} uses {u.Used}"));
    }

    [Fact]
    public void The_live_side_knows_no_SQL() => Assert.Empty(DatabaseTypesUsedBy(Slices["Live"]));

    [Fact]
    public void Pages_know_no_SQL() => Assert.Empty(DatabaseTypesUsedBy(Slices.SelectMany(s => s).Where(t => t.IsSubclassOf(typeof(PageModel)))));

    [Fact]
    public void What_is_used_is_found_in_fields_and_parameters_and_in_the_bodies_of_ordinary_and_asynchronous_methods()
    {
        Assert.Contains(typeof(Room), UsedTypes.Of(typeof(RoomPageModel)));
        Assert.Contains(typeof(RoomDirectory), UsedTypes.Of(typeof(LiveEndpoint)));
        Assert.Contains(typeof(Web.Live.StreamCarrier), UsedTypes.Of(typeof(LiveEndpoint)));
        Assert.NotEmpty(DatabaseTypesUsedBy([typeof(SqlReader)]));
        Assert.NotEmpty(DatabaseTypesUsedBy([typeof(RoomDirectory)]));
    }

    static IEnumerable<string> DatabaseTypesUsedBy(IEnumerable<Type> users) =>
        from user in users
        from used in UsedTypes.Of(user)
        where IsIn(used, "System.Data") || IsIn(used, "Microsoft.Data") || IsIn(used, "Microsoft.EntityFrameworkCore") || SliceOf(used) == "Storage"
        select $"{user.Name} uses {used.Name}";

    static string? SliceOf(Type type) => IsIn(type, Root) ? type.Namespace!.Split('.').ElementAtOrDefault(2) : null;

    // The slice's folder itself is none: it knows them all, and they all know it.
    static string? PartOf(Type type) => SliceOf(type) == "Messages" ? type.Namespace!.Split('.').ElementAtOrDefault(3) : null;

    static bool IsIn(Type type, string space) => $"{type.Namespace}.".StartsWith($"{space}.", StringComparison.Ordinal);
}
