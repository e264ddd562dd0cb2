using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HtmxChat.Web.Storage;

/// <summary>Gives the connections that EF Core opens the same settings as our own.</summary>
public sealed class SettingsPerConnection : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        ChatFile.SetUpAsync(connection, cancellationToken);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        ChatFile.SetUpAsync(connection, CancellationToken.None).GetAwaiter().GetResult();
}
