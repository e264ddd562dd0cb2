using HtmxChat.Web.Storage;

namespace HtmxChat.Tests.Storage;

public sealed class ProcessLockTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("htmxchat-").FullName;

    [Fact]
    public void The_second_is_refused_in_words_that_help_until_the_first_lets_go()
    {
        using var second = New();
        using (var first = New())
        {
            first.Take();
            var refusal = Assert.Throws<StartRefusedException>(second.Take);
            Assert.Equal(
                $"HtmxChat is running already with {folder}/sub/chat.db. Stop that one first, or give this one a folder of its own with --Data:Folder.",
                refusal.Message);
        }

        second.Take();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_too()
    {
        using var inFile = new ProcessLock(new ChatFile(connectionString: null, "/dev/null/data"));

        Assert.Contains("cannot write to /dev/null/data", Assert.Throws<StartRefusedException>(inFile.Take).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ProcessLock New() => new(new ChatFile(connectionString: null, Path.Combine(folder, "sub")));
}
