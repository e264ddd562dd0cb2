using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace HtmxChat.Web.Shared;

/// <summary>What the world is shown at an address that has another page for whoever is signed in.</summary>
public sealed class WorldView : PartialViewResult
{
    /// <param name="page">Of that address.</param>
    /// <param name="path">Of the view, from the project's root.</param>
    public WorldView(PageModel page, string path, object model) =>
        (ViewName, ViewData, TempData) = (path, new ViewDataDictionary(page.MetadataProvider, page.ModelState) { Model = model }, page.TempData);

    public override Task ExecuteResultAsync(ActionContext context) => WorldAnswer.WriteAsync(context, base.ExecuteResultAsync);
}
