using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using SmartCity.Embedded.Orleans;

namespace SmartCity.Engine;

/// <summary>
/// Orleans, embedded: grains live in the service's own process; the state of those that name no storage, and every
/// reminder, live on the local disk below <c>Orleans:Directory</c>.
/// </summary>
public static class OrleansEngine
{
    /// <exception cref="InvalidOperationException"><c>Orleans:Directory</c> is not set.</exception>
    public static void AddCityGrains(this WebApplicationBuilder builder)
    {
        var directory = builder.Configuration["Orleans:Directory"] ?? throw new InvalidOperationException(
            "Orleans:Directory is not set: the directory where grains keep their state and reminders. Example: --Orleans:Directory data/grains");
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddJournalGrainStorageAsDefault(directory);
            silo.AddJournalReminders(directory);
        });
    }
}
