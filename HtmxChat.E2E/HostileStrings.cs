namespace HtmxChat.E2E;

/// <summary>
/// Strings that would do something if any of them were ever taken for more than text: composed of ways out of where a
/// text stands, what is then put there, and what hides it. The same ones on each run.
/// </summary>
static class HostileStrings
{
    const int Seed = 20261123;

    // Each calls this, asks for something below this address, or makes an element that bears this class.
    const string Run = "window.__ran('X')";
    const string Fetch = "/hostile";

    static readonly string[] WaysOut =
    [
        "", "\"", "'", "`", ">", "\">", "'>", "\" ", "' ", "</p>", "</div></article>", "</span></b>", "</textarea>", "</title>", "</noscript>", "</script>", "</style>", "</template>", "-->", "]]>",
        "</hx-partial>", "</hx-upsert>", "\\", "\\\"", "\" autofocus ", "}}", "${", "&quot;>", "&#34;>", "\u0000>", "%22%3E", "<!--", "<![CDATA[", "\r\n\r\n", "\n\ndata: ", "\u2028", "\u2029", "\u0085", "\u202E", "\uFEFF",
    ];

    static readonly string[] Payloads =
    [
        // Script, and elements that run some by themselves.
        $"<script>{Run}</script>", $"<ScRiPt >{Run}</sCrIpT >", $"<script src={Fetch}/a.js></script>", $"<script/x>{Run}//", $"<img src=x onerror={Run}>", $"<img/src=x/onerror={Run}>",
        $"<IMG \"\"\"><SCRIPT>{Run}</SCRIPT>\">", $"<body onload={Run}>", $"<input autofocus onfocus={Run}>", $"<details open ontoggle={Run}>x</details>", $"<video><source onerror={Run}>",
        $"<audio src=x onerror={Run}>", $"<marquee onstart={Run}>x</marquee>", $"<iframe src=\"javascript:parent.{Run}\"></iframe>", $"<iframe srcdoc=\"<script>parent.{Run}</script>\"></iframe>",
        $"<object data=\"javascript:{Run}\"></object>", $"<embed src=\"{Fetch}/e\">", $"<link rel=stylesheet href={Fetch}/a.css>", "<style>*{display:none!important}</style>", $"<style>@import'{Fetch}/b.css'</style>",
        $"<meta http-equiv=refresh content=\"0;url={Fetch}/m\">", $"<base href=\"{Fetch}/\">", $"<form action={Fetch}/f><button class=hostile>x</button></form>", $"<button formaction=\"javascript:{Run}\">x</button>",
        "<isindex class=hostile>", "<plaintext>", "<xmp class=hostile>", "<noscript><p title=\"</noscript><img src=x onerror=window.__ran(1)>\">", $"<template><img src=x onerror={Run}></template>", $"<dialog open class=hostile>x</dialog>",

        // Handlers, for where a text stands inside a tag.
        $" onmouseover={Run} ", $" onfocus={Run} autofocus tabindex=0 ", $" onanimationstart={Run} style=animation:x ", $" onclick=\"{Run}\" ", $" ontransitionend={Run} ", $" onbeforetoggle={Run} popover ",

        // htmx, in all its spellings.
        $"<b hx-get={Fetch}/g hx-trigger=load>x</b>", $"<b data-hx-get={Fetch}/g data-hx-trigger=load>x</b>", $"<b hx-post={Fetch}/p hx-trigger=\"load delay:1ms\">x</b>", $"<b hx-on:load=\"{Run}\" hx-on:click=\"{Run}\">x</b>",
        $"<b hx-on::load=\"{Run}\">x</b>", $"<b hx-on--load=\"{Run}\" hx-on--after-init=\"{Run}\">x</b>", $"<b hx-on:htmx:after:init=\"{Run}\" hx-trigger=load hx-get={Fetch}/o>x</b>", $"<b data-hx-on:click=\"{Run}\">x</b>",
        "<hx-partial hx-target=\"#messages\" hx-swap=\"innerHTML\"><p class=hostile>x</p></hx-partial>", "<hx-partial hx-target=\"#position\" hx-swap=\"outerHTML\"><data id=position value=zzz.9></data></hx-partial>",
        "<hx-upsert hx-target=\"#messages\"><article id=m-1 class=hostile>x</article></hx-upsert>", "<ol hx-swap-oob=\"beforeend:#messages\"><li class=hostile>x</li></ol>", "<p id=status hx-swap-oob=true class=hostile>x</p>",
        "<p id=composer data-hx-swap-oob=outerHTML class=hostile>x</p>", $"<b hx-ws:connect={Fetch}/ws>x</b>", $"<b hx-sse:connect={Fetch}/sse hx-trigger=load>x</b>", $"<b hx-vals=\"js:{{a:{Run}}}\" hx-get={Fetch}/v hx-trigger=load>x</b>",
        $"<b hx-live=\"{Run}\">x</b>", $"<b hx-trigger=\"load[{Run}]\" hx-get={Fetch}/t>x</b>", "<b hx-delete=/sign-out hx-trigger=load>x</b>", $"<a hx-boost=true href={Fetch}/b class=hostile>x</a>", $" hx-get={Fetch}/a hx-trigger=load x=",
        "<template hx type=partial hx-target=#messages><p class=hostile>x</p></template>", "<meta name=htmx-config content='{\"selfRequestsOnly\":false}'>", $"<b hx-action={Fetch}/c hx-method=post hx-trigger=load>x</b>",

        // What looks like the site's own.
        "<article id=\"m-1\" class=\"message hostile\" data-seq=\"1\" data-author=\"1\">x</article>", "<form id=composer class=hostile><input name=key value=x></form>", "<i id=messages name=text form=composer class=hostile>x</i>",
        "<div id=outbox class=hostile></div>", "<data id=position value=aaa.1>", "<img name=getElementById><form id=location class=hostile>", "<a id=__ran class=hostile></a>",

        // SVG and MathML, where other rules hold.
        $"<svg onload={Run}>", $"<svg><script>{Run}</script></svg>", $"<svg><animate onbegin={Run} attributeName=x dur=1s>", $"<svg><a xlink:href=\"javascript:{Run}\"><text>x</text></a></svg>",
        $"<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href=1 onerror={Run} /></svg>#x\"/>", $"<svg><foreignObject><img src=x onerror={Run}></foreignObject></svg>", $"<svg><style><img src=x onerror={Run}></style></svg>",
        $"<math><mtext><table><mglyph><style><img src=x onerror={Run}></style></mglyph></table></mtext></math>", $"<math href=\"javascript:{Run}\">x</math>", $"<math><annotation-xml encoding=\"text/html\"><img src=x onerror={Run}></annotation-xml></math>",

        // Addresses.
        $"javascript:{Run}", $"JaVaScRiPt:{Run}", $"java\tscript:{Run}", $"&#106;avascript:{Run}", $"data:text/html,<script>{Run}</script>", $"vbscript:{Run}", $"<a href=\"javascript:{Run}\" class=hostile>x</a>", "[x](javascript:window.__ran(1))",
        $"![x]({Fetch}/i.png)", "https://evil.example/\"onmouseover=\"window.__ran(1)", "//evil.example/%0d%0aSet-Cookie:x=1", "file:///etc/passwd", "blob:null/1",

        // What other things than HTML are made of.
        "{\"head\":\"zzz.99999\"}", "{\"ack\":\"x\",\"seq\":1}", "{\"refused\":\"x\",\"why\":\"<img src=x onerror=window.__ran(1)>\"}", "{\"target\":\"#messages\",\"swap\":\"innerHTML\",\"content\":\"<i class=hostile>\"}", "{\"__proto__\":{\"x\":1}}",
        "event: head\ndata: zzz.99999\n\n", "id: zzz.99999\n\n", "data: <b class=hostile>\n\n", "retry: 1\n\n", ": comment\n\n", "HTTP/1.1 200 OK\r\nX: 1\r\n\r\n<script>", "\r\nSet-Cookie: x=1\r\n",
        "{{constructor.constructor('window.__ran(1)')()}}", "${window.__ran(1)}", "<%= 7*7 %>", "#{7*7}", "@(7*7)", "@Html.Raw(\"<b class=hostile>\")", "{% raw %}", "'; drop table messages; --", "1 or 1=1", "$(window.__ran)", "`id`", "%s%n%x", "../../../etc/passwd",
        "*:not(x){display:none}", "expression(window.__ran(1))", "\\3c script\\3e", "+ADw-script+AD4-", "\u00BCscript\u00BE", "\uFF1Cscript\uFF1E", "&lt;img src=x onerror=window.__ran(1)&gt;", "&amp;lt;b&amp;gt;",
    ];

    static readonly string[] Hidings =
    [
        "", "", "", " ", "\t", "\n", "\r", "\u0000", "\u0008", "\u001B[31m", "\u007F", "\u200B", "\u200D", "\u202E", "\u202D\u2066", "\u2069", "\u2028", "\u2029", "\uFEFF", "\u00AD", "\u061C", "e\u0301\u0301\u0301", "👩‍👩‍👧", "\uFFFD", "שלום", "\u3164",
    ];

    /// <summary>As many different ones, each of the payloads at least once.</summary>
    public static IReadOnlyList<string> Compose(int count)
    {
        var random = new Random(Seed);
        var all = new HashSet<string>(Payloads);
        while (all.Count < count) all.Add($"{Pick(Hidings)}{Pick(WaysOut)}{Pick(Hidings)}{Pick(Payloads)}{Pick(WaysOut)}{Pick(Hidings)}");
        return [.. all];

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
