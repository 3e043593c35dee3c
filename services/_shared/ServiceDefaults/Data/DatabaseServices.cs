using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>Registers a service's one database.</summary>
public static class DatabaseServices
{
    /// <summary>
    /// The context on the database of <c>ConnectionStrings:Database</c> (SQLite when it starts with
    /// <c>Data Source=</c>, otherwise PostgreSQL), its schema upgrade before anything else starts, and its health check.
    /// </summary>
    public static void AddCityDatabase<TContext>(this WebApplicationBuilder builder)
        where TContext : CityDbContext
    {
        var database = DatabaseKind.From(builder.Configuration.GetConnectionString("Database")
            ?? throw new InvalidOperationException(
                "ConnectionStrings:Database is not set: 'Data Source=file.db' for SQLite or 'Host=…;Database=…' for PostgreSQL."));
        builder.Services.AddSingleton(database);
        builder.Services.AddDbContext<TContext>(database.Configure);
        builder.Services.AddHostedService<UpgradeService<TContext>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck<TContext>>("database", timeout: TimeSpan.FromSeconds(3));
    }

    private sealed class UpgradeService<TContext>(DatabaseKind database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
            => SchemaUpgrade.RunAsync(database, typeof(TContext).Assembly, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class DatabaseCheck<TContext>(TContext database) : IHealthCheck
        where TContext : CityDbContext
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
            => await database.Database.CanConnectAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database cannot be opened.");
    }
}
