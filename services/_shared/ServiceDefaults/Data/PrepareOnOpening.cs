using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>A context's database has its newest schema before the first query reaches it, and each of its connections is set up.</summary>
internal sealed class PrepareOnOpening(TownDatabases databases) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is CityDbContext context)
        {
            await databases.PrepareAsync(databases.Of(context.Owner), cancellationToken);
        }

        return result;
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is CityDbContext context)
        {
            await databases.Of(context.Owner).PrepareConnectionAsync(connection, cancellationToken);
        }
    }
}
