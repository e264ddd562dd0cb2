using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace HtmxChat.Web.Shared;

/// <summary>Renders a Razor partial outside of any request.</summary>
public sealed class PartialRenderer(IServiceScopeFactory scopes, IRazorViewEngine engine, ITempDataProvider noTempData)
{
    // Shared, because each finds out about every model type anew, by reflection: a third of the time that a message took.
    static readonly EmptyModelMetadataProvider Metadata = new();

    /// <param name="path">From the project's root, for example <c>/Messages/_Message.cshtml</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such partial.</exception>
    public async Task<string> RenderAsync<T>(string path, T model, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = ct };
        var view = engine.GetView(executingFilePath: null, path, isMainPage: false).EnsureSuccessful([]).View!;
        var data = new ViewDataDictionary<T>(Metadata, new ModelStateDictionary()) { Model = model };
        await using var html = new StringWriter();

        await view.RenderAsync(new ViewContext(
            new ActionContext(http, new RouteData(), new ActionDescriptor()), view, data, new TempDataDictionary(http, noTempData), html, new HtmlHelperOptions()));
        return html.ToString();
    }
}
