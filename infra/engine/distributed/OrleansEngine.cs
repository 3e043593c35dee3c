using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace SmartCity.Engine;

/// <summary>Orleans, distributed: silos find each other through PostgreSQL, which also keeps states and reminders.</summary>
public static class OrleansEngine
{
    private const string Invariant = "Npgsql";

    /// <exception cref="InvalidOperationException"><c>ConnectionStrings:Orleans</c> is not set.</exception>
    public static void AddCityGrains(this WebApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString("Orleans")
            ?? throw new InvalidOperationException("ConnectionStrings:Orleans is not set: the PostgreSQL database with Orleans' tables (see infra/postgres).");
        builder.UseOrleans(silo =>
        {
            silo.Services.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = builder.Configuration["Orleans:ClusterId"] ?? "smartcity";
                cluster.ServiceId = builder.Configuration["Orleans:ServiceId"] ?? "smartcity";
            });
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
            silo.AddAdoNetGrainStorageAsDefault(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
            silo.UseAdoNetReminderService(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
        });
    }
}
