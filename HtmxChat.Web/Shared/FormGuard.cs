using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace HtmxChat.Web.Shared;

/// <summary>
/// Takes no form without this site's token for this person, and none too often. Whoever sent it sees its page again, with
/// what was typed and a sentence that says why, where ASP.NET Core answers a bare 400.
/// </summary>
public sealed class FormGuard(IAntiforgery antiforgery, Uploads uploads, TimeProvider time) : IAsyncPageFilter
{
    /// <summary>Puts it before a page, in the place of ASP.NET Core's own check.</summary>
    public static void Guard(PageApplicationModel page)
    {
        if (page.ModelType == typeof(ProblemModel)) return;

        foreach (var check in page.Filters.OfType<AutoValidateAntiforgeryTokenAttribute>().ToList()) page.Filters.Remove(check);
        page.Filters.Add(new ServiceFilterAttribute<FormGuard> { IsReusable = true });
    }

    public async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        var http = context.HttpContext;
        if (SameOrigin.IsSafe(http.Request.Method)) return;

        if (await FindProblemAsync(context) is not { } problem) return;

        // As if the page had been opened, or where it now leads. The fields take what was typed from the model state.
        http.Features.Set(problem);
        context.HandlerMethod = Opening(context.ActionDescriptor);
    }

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var problem = FormProblem.Of(context.HttpContext);
        if (context.HandlerMethod is null && !(IsOpening(context.HttpContext, problem) && Opening(context.ActionDescriptor) is null))
        {
            // The page would be rendered by itself, with nothing on it.
            context.Result = new NotFoundResult();
            return;
        }

        var shown = await next();
        if (problem is not null && shown.Result is null or PageResult) context.HttpContext.Response.StatusCode = problem!.Status;
    }

    async Task<FormProblem?> FindProblemAsync(PageHandlerSelectedContext context)
    {
        var http = context.HttpContext;
        if (await (IsUpload(http) ? ReceiveAsync(http) : ReadAsync(http.Request, http.RequestAborted)) is { } problem) return problem;
        if (FormProblem.Of(http) is { } known) return known;
        return IsCheckedByItself(context) || await antiforgery.IsRequestValidAsync(http) ? null : FormProblem.TooOld;
    }

    // A form with files, where a page takes more than forms without.
    static bool IsUpload(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null && http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true;

    // One that is not taken anyhow is not even read. Of those that are there are few at once, up to the end of their answers.
    async Task<FormProblem?> ReceiveAsync(HttpContext http)
    {
        if (FormProblem.Of(http) is { } known)
        {
            http.Request.Form = FormCollection.Empty;
            return known;
        }

        using var patience = new CancellationTokenSource(Uploads.Patience, time);
        http.Response.RegisterForDispose(uploads.Take(Caller.Of(http)));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            return await ReadAsync(http.Request, either.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Request.Form = FormCollection.Empty;
            return FormProblem.TooSlow;
        }
    }

    // Left to model binding, an unreadable form hides all else that a request says, and the room of its address is not found.
    static async Task<FormProblem?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            await request.ReadFormAsync(ct);
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException)
        {
            request.Form = FormCollection.Empty;
            return FormProblem.Unreadable;
        }
    }

    static bool IsOpening(HttpContext http, FormProblem? problem) =>
        problem is not null || ((HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && !http.Request.Query.ContainsKey("handler"));

    static HandlerMethodDescriptor? Opening(CompiledPageActionDescriptor page) => page.HandlerMethods.FirstOrDefault(h => h.HttpMethod == "Get" && h.Name is null);

    // The room's form is checked by its page: it says why over htmx, too.
    static bool IsCheckedByItself(FilterContext context) => context.Filters.OfType<IgnoreAntiforgeryTokenAttribute>().Any();
}
