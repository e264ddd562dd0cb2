using HtmxChat.Web.Messages.Commands;

namespace HtmxChat.Tests.Messages.Commands;

public sealed class SlashCommandTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("/usr/bin is a path", "/usr/bin is a path")]
    [InlineData("/ alone", "/ alone")]
    [InlineData("/", "/")]
    [InlineData("/5 of us", "/5 of us")]
    [InlineData("/me/you", "/me/you")]
    [InlineData("either /or", "either /or")]
    [InlineData("// a comment", "// a comment")]
    [InlineData("//server/share", "//server/share")]
    [InlineData("//foo bar", "/foo bar")]
    [InlineData("//help", "/help")]
    [InlineData("//me waves", @"\/me waves")]
    [InlineData("/me waves", "/me waves")]
    [InlineData("  /ME  waves\nwildly ", "/me waves\nwildly")]
    [InlineData("/shrug", @"¯\\\_(ツ)\_/¯")]
    [InlineData("/shrug Who knows?", @"Who knows? ¯\\\_(ツ)\_/¯")]
    [InlineData(null, null)]
    public void What_is_said(string? typed, string? said) => Assert.Equal(new SlashCommand.Say(said), SlashCommand.Parse(typed));

    [Fact]
    public void What_is_done()
    {
        Assert.Equal(new SlashCommand.SetTopic("All about tea"), SlashCommand.Parse("/topic All about tea"));
        Assert.Equal(new SlashCommand.SetTopic(""), SlashCommand.Parse("/Topic"));
        Assert.Equal(["ada", "bob.b"], Assert.IsType<SlashCommand.Invite>(SlashCommand.Parse("/invite @ada, bob.b @")).Handles);
        Assert.Equal(new SlashCommand.Away(), SlashCommand.Parse("/away"));
        Assert.Equal(new SlashCommand.Help(), SlashCommand.Parse(" /help me"));
    }

    [Theory]
    [InlineData("/foo bar", "There is no /foo. /help tells what there is. Write //foo to send it as text.")]
    [InlineData("/halp", "There is no /halp. Did you mean /help? Write //halp to send it as text.")]
    [InlineData("/mee", "There is no /mee. Did you mean /me? Write //mee to send it as text.")]
    [InlineData("/me", "Write what you do after /me.")]
    [InlineData("/invite @", "Write whom you invite after /invite: @ and their handle.")]
    public void What_is_refused_and_why(string typed, string why) => Assert.Equal(why, Assert.IsType<SlashCommand.Unclear>(SlashCommand.Parse(typed)).Why.Words);

    [Fact]
    public void An_answer_can_stand_in_an_address()
    {
        foreach (var kind in Enum.GetValues<CommandAnswer.Kinds>())
        {
            var answer = new CommandAnswer(kind, 3);
            Assert.Equal(answer, CommandAnswer.Parse(answer.Code));
            Assert.NotEmpty(answer.Words);
        }
        foreach (var odd in new[] { null, "", "1", "0.0", "99.1", "1.x", "1.2.3", "-1.1" }) Assert.Null(CommandAnswer.Parse(odd));
    }
}
