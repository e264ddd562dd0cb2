using HtmxChat.Web.Messages;
using HtmxChat.Web.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HtmxChat.Bench.Inner;

/// <summary>What the loops work on.</summary>
public static class Samples
{
    /// <summary>A message of one line.</summary>
    public static Message Message(long seq) => new(
        new RoomId(1), seq, seq, new Author(new PersonId(1_234), "Katharina Lindqvist"), "kH3v9q2ma57xTq0d2LrZ_w",
        "Shall we meet at the usual place tomorrow, or is it going to rain all day again?",
        new DateTimeOffset(2026, 5, 4, 9, 8, 7, 60, TimeSpan.Zero), Placement.OpensGroup, EditedAt: null, DeletedAt: null);

    /// <summary>The program's own services for pages and messages, without its server.</summary>
    public static WebApplication Program()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(MessageHtml).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddPages();
        builder.Services.AddSingleton<MessageHtml>();
        return builder.Build();
    }
}
