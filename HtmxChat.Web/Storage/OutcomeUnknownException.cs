using System.Data.Common;

namespace HtmxChat.Web.Storage;

/// <summary>The connection was lost during the commit: what was written may be there or not. The same key again finds out.</summary>
public sealed class OutcomeUnknownException(Exception why) : DbException("The connection was lost before the database had answered to the commit.", why);
