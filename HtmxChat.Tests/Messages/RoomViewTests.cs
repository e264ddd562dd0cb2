using System.Reflection;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HtmxChat.Tests.Messages;

/// <summary>The page that is loaded most.</summary>
public sealed class RoomViewTests
{
    /// <summary>Each tag helper is an object, a copy of the element's attributes and a buffer for its content, for elements that say all by themselves.</summary>
    [Fact]
    public void A_rooms_page_has_no_tag_helper_but_the_one_that_keeps_scripts_away()
    {
        string[] views = ["Messages_Room", "Messages_Writing__Composer", "Messages_Writing__Tools", "Messages__Older", "Messages__Message", "Rooms__Rooms", "Rooms__RoomList", "Accounts__Face"];

        var found = views.SelectMany(view => View(view).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.FieldType.IsAssignableTo(typeof(ITagHelper))).Select(f => (view, f.FieldType)));

        Assert.Equal([("Messages_Room", typeof(ScriptTagHelper))], found);
    }

    static Type View(string name) => typeof(RoomModel).Assembly.GetTypes().Single(t => t.Name == name);
}
