using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace HtmxChat.Web.Shared;

/// <summary>The addresses of this site's own files.</summary>
public static class Assets
{
    /// <summary>Where a file is, with the fingerprint of what is in it, so that browsers may keep it for ever.</summary>
    /// <param name="path">Below <c>wwwroot</c>, for example <c>css/chat.css</c>.</param>
    /// <remarks>A <c>~/</c> in a page gives the same through a tag helper for each element; the seven of a room cost 7 % of its page.</remarks>
    public static string Asset(this ViewContext view, string path) =>
        "/" + (view.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);
}
