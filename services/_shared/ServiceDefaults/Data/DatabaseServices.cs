using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>Registers a service's one database.</summary>
public static class DatabaseServices
{
    private const string OwnPrefix = "Database_";

    /// <summary>
    /// The context on the database of <c>ConnectionStrings:Database</c> (SQLite when it starts with
    /// <c>Data Source=</c>, otherwise PostgreSQL), its schema upgrade before anything else starts, and its health check.
    /// A town with a database of its own has it beside that one, or where <c>ConnectionStrings:Database_{municipality}</c> says.
    /// </summary>
    /// <param name="allowOwn">False for a service whose data is not the towns': all of it stays in one database.</param>
    public static void AddCityDatabase<TContext>(this WebApplicationBuilder builder, bool allowOwn = true)
        where TContext : CityDbContext
    {
        var database = DatabaseKind.From(builder.Configuration.GetConnectionString("Database")
            ?? throw new InvalidOperationException(
                "ConnectionStrings:Database is not set: 'Data Source=file.db' for SQLite or 'Host=…;Database=…' for PostgreSQL."));
        builder.Services.AddSingleton(database);
        var own = builder.Configuration.GetSection("ConnectionStrings").GetChildren()
            .Where(entry => entry.Key.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) && entry.Value is { Length: > 0 })
            .ToDictionary(entry => entry.Key[OwnPrefix.Length..], entry => entry.Value!, StringComparer.Ordinal);
        builder.Services.AddSingleton(provider => new TownDatabases(
            database, own, provider.GetRequiredService<ITownDirectory>(), typeof(TContext).Assembly, allowOwn));
        builder.Services.AddDbContext<TContext>();
        builder.Services.AddHostedService<UpgradeService>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck<TContext>>("database", timeout: TimeSpan.FromSeconds(3));
    }

    private sealed class UpgradeService(TownDatabases databases) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => databases.PrepareAsync(databases.Shared, cancellationToken);

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
