namespace HtmxChat.Web.Messages.Writing;

/// <summary>How the form that a message is written in offers what else can be done with what was typed. All of it are ordinary buttons of that form.</summary>
public enum ComposerTools
{
    /// <summary>In a menu beside the line.</summary>
    Menu,

    /// <summary>On a page of their own, where there is no room for a menu: in the frame.</summary>
    ElsewhereOnly,

    /// <summary>Below the text: on that page.</summary>
    Open,
}
