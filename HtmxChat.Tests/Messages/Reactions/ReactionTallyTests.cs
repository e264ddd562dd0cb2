using CsCheck;
using HtmxChat.Web.Messages.Reactions;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Reactions;

public sealed class ReactionTallyTests
{
    static readonly string[] Emoji = ["👍", "❤️", "🎉"];

    [Fact]
    public void Whatever_is_pressed_in_whatever_order_is_what_each_has_pressed_and_comes_back_from_the_database()
    {
        var press = Gen.Select(Gen.Int[0, 2], Gen.Long[1, 5], Gen.Bool);

        press.List[0, 40].Sample(presses =>
        {
            var (reactions, expected) = (ReactionTally.None, new HashSet<(string, PersonId)>());
            foreach (var (emoji, number, joins) in presses)
            {
                var person = new PersonId(number);
                reactions = joins ? reactions.With(Emoji[emoji], person) : reactions.Without(Emoji[emoji], person);
                if (joins) expected.Add((Emoji[emoji], person));
                else expected.Remove((Emoji[emoji], person));
            }

            var flat = Flat(ReactionTally.Parse(reactions.Stored));
            Assert.Equal(Flat(reactions), flat);
            Assert.Equal(flat.Count, flat.Distinct().Count());
            Assert.True(expected.SetEquals(flat));
            Assert.All(reactions.All, r => Assert.NotEmpty(r.People));
        });
    }

    [Fact]
    public void They_stand_in_the_order_in_which_they_came()
    {
        var reactions = ReactionTally.None.With("🎉", new(3)).With("👍", new(2)).With("🎉", new(1)).With("🎉", new(3));

        Assert.Equal("🎉 3 1\n👍 2", reactions.Stored);
        Assert.Equal("👍 2", reactions.Without("🎉", new(3)).Without("🎉", new(1)).Stored);
        Assert.Null(reactions.Without("🎉", new(3)).Without("🎉", new(1)).Without("👍", new(2)).Stored);
    }

    static List<(string, PersonId)> Flat(ReactionTally reactions) => [.. reactions.All.SelectMany(r => r.People.Select(p => (r.Emoji, p)))];
}
