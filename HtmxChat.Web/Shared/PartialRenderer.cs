using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace HtmxChat.Web.Shared;

/// <summary>Renders a Razor partial outside of any request.</summary>
/// <remarks>
/// It runs the compiled partial itself, straight into a string: the view around it, with its layout, its start page and its
/// buffers, is for pages and took most of the time.
/// </remarks>
public sealed class PartialRenderer(IServiceScopeFactory scopes, IRazorPageFactoryProvider factories, IRazorPageActivator activator, ITempDataProvider noTempData)
{
    // Shared, because each finds out about every model type anew, by reflection: a third of the time that a message took.
    static readonly EmptyModelMetadataProvider Metadata = new();

    readonly ConcurrentDictionary<string, Func<IRazorPage>> partials = new();

    /// <param name="path">From the project's root, for example <c>/Messages/_Message.cshtml</c>. Tag helpers do not work in it.</param>
    /// <exception cref="InvalidOperationException">There is no such partial.</exception>
    public async Task<string> RenderAsync<T>(string path, T model, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var html = new StringWriter();
        var partial = partials.GetOrAdd(path, Find)();
        var data = new ViewDataDictionary<T>(Metadata, new ModelStateDictionary()) { Model = model };
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = ct };
        partial.ViewContext = new ViewContext(
            new ActionContext(http, new RouteData(), new ActionDescriptor()), NoView.Only, data, new TempDataDictionary(http, noTempData), html, new HtmlHelperOptions());
        activator.Activate(partial, partial.ViewContext);
        await partial.ExecuteAsync();
        return html.ToString();
    }

    Func<IRazorPage> Find(string path) =>
        factories.CreateFactory(path).RazorPageFactory ?? throw new InvalidOperationException($"There is no partial {path}.");

    sealed class NoView : IView
    {
        public static readonly NoView Only = new();

        public string Path => "";

        public Task RenderAsync(ViewContext context) => throw new NotSupportedException();
    }
}
