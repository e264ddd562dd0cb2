using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HtmxChat.Web.Shared;

/// <summary>When a form is shown again because of one of its fields, that one has the focus and says that it is wrong, wherever the focus begins otherwise.</summary>
[HtmlTargetElement("input", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "asp-for")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
public sealed class RefusedFieldTagHelper : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var refused = View.ViewData.ModelState.Where(field => field.Key.Length > 0 && field.Value!.Errors.Count > 0).Select(field => field.Key).ToList();
        if (refused.Count == 0) return;

        output.Attributes.RemoveAll("autofocus");
        if (refused[0] != For.Name) return;

        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute(new TagHelperAttribute("autofocus", null, HtmlAttributeValueStyle.Minimized));
    }
}
