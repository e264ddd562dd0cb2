using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace HtmxChat.Web.Shared;

/// <summary>Razor Pages in the folders of their slices, static files, and compression.</summary>
public static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(o => o.RootDirectory = "/").AddRazorPagesOptions(o => o.Conventions.AddFolderApplicationModelConvention("/", FormGuard.Guard));
        services.AddSingleton<PartialRenderer>().AddSingleton<Caches>().AddSingleton<FormGuard>().AddSingleton<Limits>().AddSingleton<Uploads>();

        // Letters of all scripts as they are: the default writes each as a number, three times as long on the wire.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().WithMetadata(new WorksBeforeSetup());
        app.MapRazorPages().WithStaticAssets();
        app.MapGet("/health", () => "ok").AllowAnonymous().WithMetadata(new WorksBeforeSetup());
    }
}
