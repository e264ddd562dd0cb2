using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

/// <summary>A file system in a file, so that what has really been written to the disk can be looked at: the file, as it is.</summary>
sealed class MountedDisk : IAsyncDisposable
{
    const string Canary = "written-without-fsync";

    readonly DirectoryInfo place;

    MountedDisk(DirectoryInfo place) => this.place = place;

    /// <summary>A folder on it.</summary>
    public string Folder => Path.Combine(MountPoint, "data");

    string MountPoint => Path.Combine(place.FullName, "mounted");

    string Image => Path.Combine(place.FullName, "disk");

    /// <summary>An empty one. Where none can be mounted, the test is void.</summary>
    public static async Task<MountedDisk> NewAsync()
    {
        var disk = new MountedDisk(Directory.CreateTempSubdirectory("htmxchat-disk-"));
        await using (var file = File.Create(disk.Image)) file.SetLength(64 * 1024 * 1024);
        try
        {
            await Tool.RunAsync("mkfs.ext4", "-q", "-F", disk.Image);
            await disk.MountAsync();
        }
        catch (InvalidOperationException e)
        {
            disk.place.Delete(recursive: true);
            Assert.Skip($"Void: {e.Message}");
        }
        Directory.CreateDirectory(disk.Folder);
        return disk;
    }

    /// <summary>What would be left after a power loss at this moment: nothing is synchronised. The server stands still meanwhile.</summary>
    public async Task<MountedDisk> CopyAsItIsAsync(ChatServer server)
    {
        var copy = new MountedDisk(Directory.CreateTempSubdirectory("htmxchat-disk-"));
        await server.SignalAsync("STOP");
        await File.WriteAllTextAsync(Path.Combine(MountPoint, Canary), new string('x', 100_000), Ct);
        File.Copy(Image, copy.Image);
        await server.SignalAsync("CONT");
        await copy.MountAsync();

        var canary = new FileInfo(Path.Combine(copy.MountPoint, Canary));
        Assert.False(canary.Exists && canary.Length > 0 && (await File.ReadAllTextAsync(canary.FullName, Ct)).Contains('x', StringComparison.Ordinal), "Void: what was not synchronised is on the disk all the same.");
        File.Delete(Path.Combine(MountPoint, Canary));
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync("umount", MountPoint);
        place.Delete(recursive: true);
    }

    async Task MountAsync()
    {
        Directory.CreateDirectory(MountPoint);
        await Tool.RunAsync("mount", "-o", "loop", Image, MountPoint);
    }
}
