using CsCheck;
using HtmxChat.Web.Messages;
using HtmxChat.Web.Messages.Polls;
using HtmxChat.Web.Shared;

namespace HtmxChat.Tests.Messages.Polls;

public sealed class PollTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_is_pressed_nobody_is_counted_twice_and_it_comes_back_from_the_database(bool allowsSeveral)
    {
        var press = Gen.Select(Gen.Long[1, 4], Gen.Int[-1, 3], Gen.Enum<Wish>());

        press.List[0, 40].Sample(presses =>
        {
            var poll = Offer(allowsSeveral, "One", "Two", "Three");
            foreach (var (person, option, wish) in presses) poll = poll.Press(new PersonId(person), option, wish);

            Assert.All(poll.Options, o => Assert.Equal(o.People.Count, o.People.Distinct().Count()));
            if (!allowsSeveral) Assert.Equal(poll.Voters, poll.Options.Sum(o => o.People.Count));
            var back = Poll.Parse(poll.Stored())!;
            Assert.Equal(poll.Options.Select(o => (o.Text, string.Join(' ', o.People))), back.Options.Select(o => (o.Text, string.Join(' ', o.People))));
            Assert.Equal((poll.AllowsSeveral, poll.IsClosed), (back.AllowsSeveral, back.IsClosed));
        });
    }

    [Fact]
    public void A_press_takes_the_place_of_another_where_one_can_be_chosen_and_stands_beside_it_where_several_can()
    {
        var ann = new PersonId(1);

        Assert.Equal([0, 1], Counts(Offer(allowsSeveral: false, "A", "B").Press(ann, 0, Wish.Join).Press(ann, 1, Wish.Join)));
        Assert.Equal([1, 1], Counts(Offer(allowsSeveral: true, "A", "B").Press(ann, 0, Wish.Join).Press(ann, 1, Wish.Join)));
        Assert.Equal([0, 0], Counts(Offer(allowsSeveral: false, "A", "B").Press(ann, 0, Wish.Join).Press(ann, 0, Wish.Change)));
        Assert.Equal([1, 0], Counts(Offer(allowsSeveral: false, "A", "B").Choose(ann, [0, 1])));
        var same = Offer(allowsSeveral: true, "A", "B").Choose(ann, [0, 1]);
        Assert.Same(same, same.Choose(ann, [1, 0, 7, -1]));
    }

    [Theory]
    [InlineData("Give at least two answers to choose from.", "One", " ", null)]
    [InlineData("Two of the answers are the same.", "Yes", "No", "yes ")]
    [InlineData("A poll can have 10 answers, and these are 11.", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")]
    public void What_nobody_can_choose_from_is_refused(string why, params string?[] choices)
    {
        Assert.Null(Poll.Offer(choices, allowsSeveral: false, out var refusal));
        Assert.Equal(why, refusal!.Words);
    }

    [Fact]
    public void An_answer_is_one_short_line()
    {
        Assert.Equal(["A B", "C"], Offer(allowsSeveral: false, " A \n B", "C", "").Options.Select(o => o.Text));
        Assert.Null(Poll.Offer(["A", new string('x', PollOption.MaxLength + 1)], allowsSeveral: false, out var refusal));
        Assert.Contains("shorten", refusal!.Words, StringComparison.Ordinal);
    }

    static Poll Offer(bool allowsSeveral, params string[] choices) => Poll.Offer(choices, allowsSeveral, out _)!;

    static IEnumerable<int> Counts(Poll poll) => poll.Options.Select(o => o.People.Count);
}
