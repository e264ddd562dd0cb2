namespace HtmxChat.Web.Shared;

/// <summary>Marks an endpoint that answers before the site is set up: files and the health check.</summary>
public sealed class WorksBeforeSetup;
