using System.Reflection;

namespace HtmxChat.Tests;

/// <summary>Where the files are that are not part of any program.</summary>
static class Repository
{
    public static string Folder { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!;
}
