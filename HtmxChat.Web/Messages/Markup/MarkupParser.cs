using HtmxChat.Web.Messages.Mentions;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;

namespace HtmxChat.Web.Messages.Markup;

/// <summary>Reads Markdown: CommonMark without HTML, with strikethrough, tables, spoilers and mentions, and bare addresses as links.</summary>
static class MarkupParser
{
    static readonly MarkdownPipeline Pipeline = Build(b => b.UsePipeTables());
    static readonly MarkdownPipeline WithoutTables = Build(b => b);

    /// <returns>Null where it is more than anybody means.</returns>
    public static MarkdownDocument? Parse(string text, Mentioned mentioned)
    {
        if (!MarkupLimits.Allow(text)) return null;
        try
        {
            return Markdown.Parse(text, MarkupLimits.AllowTables(text) ? Pipeline : WithoutTables, new MarkupContext(mentioned));
        }
        catch (ArgumentException)
        {
            return null; // Markdig's own limit
        }
    }

    static MarkdownPipeline Build(Func<MarkdownPipelineBuilder, MarkdownPipelineBuilder> more)
    {
        var builder = more(new MarkdownPipelineBuilder().DisableHtml().UsePreciseSourceLocation().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough))
            .UseAutoLinks(new AutoLinkOptions { AllowDomainWithoutPeriod = true, UseHttpsForWWWLinks = true });
        builder.Extensions.Add(new OwnSyntax());
        return builder.Build();
    }

    // Two bars around a spoiler are read before one bar that divides cells.
    sealed class OwnSyntax : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            var emphasis = pipeline.InlineParsers.FindExact<EmphasisInlineParser>()!;
            emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor(MarkupHtml.Spoiler, 2, 2, enableWithinWord: true));
            if (pipeline.InlineParsers.Contains<PipeTableParser>())
            {
                pipeline.InlineParsers.Remove(emphasis);
                pipeline.InlineParsers.InsertBefore<PipeTableParser>(emphasis);
            }
            pipeline.InlineParsers.Insert(0, new MentionParser());
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
        }
    }
}

/// <summary>What a parser knows of the message beside its text.</summary>
sealed class MarkupContext(Mentioned mentioned) : MarkdownParserContext
{
    public Mentioned Mentioned => mentioned;
}
