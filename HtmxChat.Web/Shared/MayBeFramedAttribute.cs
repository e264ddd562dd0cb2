namespace HtmxChat.Web.Shared;

/// <summary>Marks what pages of this site show in a frame: without script, the streamed messages and the form beside them. Neither has any script.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayBeFramedAttribute : Attribute;
