using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HtmxChat.Web.Shared;

/// <summary>Keeps the choice of never being sent scripts on every page: script elements are left out, and what stands in noscript is there for all.</summary>
[HtmlTargetElement("script")]
[HtmlTargetElement("noscript")]
public sealed class ScriptTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (View.HttpContext.SendsScripts()) return;

        if (output.TagName == "noscript") output.TagName = null;
        else output.SuppressOutput();
    }
}
