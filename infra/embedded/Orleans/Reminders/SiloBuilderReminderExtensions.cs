using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Timers;
using SmartCity.Embedded.Grains;

namespace Orleans.Hosting;

/// <summary>Adds reminders to a host; a table must be added too.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds reminders.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        builder.Services.AddReminders();
        return builder;
    }

    /// <summary>Adds reminders.</summary>
    public static void AddReminders(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(ReminderRegistry)))
        {
            return;
        }

        services.AddSingleton<ReminderSchedule>();
        services.AddSingleton<ReminderRegistry>();
        services.AddSingleton<IReminderRegistry>(static provider => provider.GetRequiredService<ReminderRegistry>());

        // Added after the grains, so it stops before them: no tick comes while they end.
        services.AddHostedService(static provider => provider.GetRequiredService<ReminderRegistry>());
    }
}

/// <summary>Reminders in memory.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Stores reminders in memory: they live as long as the host. For tests and development.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.AddReminders();
        builder.Services.Replace(ServiceDescriptor.Singleton<IReminderTable, MemoryReminderTable>());
        return builder;
    }
}
