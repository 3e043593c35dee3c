using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using SmartCity.Embedded.Grains;

namespace SmartCity.Embedded.Orleans;

/// <summary>
/// Storages on the local disk: what the embedded engine has in place of a database. Each takes a folder of its own below
/// the given directory; a second process that uses the same one fails to start.
/// </summary>
public static class JournalSiloBuilderExtensions
{
    /// <summary>
    /// Stores states in <c>storage-{name}</c> below <paramref name="directory"/>. All of them are held in memory as JSON too,
    /// up to <see cref="JournalOptions.MaximumBytes"/>.
    /// </summary>
    public static ISiloBuilder AddJournalGrainStorage(
        this ISiloBuilder builder, string name, string directory, Action<JournalOptions>? configureOptions = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var options = Configure(configureOptions);
        var folder = Path.Combine(directory, "storage-" + Uri.EscapeDataString(name));
        builder.Services.AddGrainStorage(name, (services, _) => new JournalGrainStorage(
            folder, options, services.GetRequiredService<Silo>, new Log(services.GetRequiredService<ILogger<JournalGrainStorage>>())));
        builder.Services.AddSingleton<IHostedService>(services => new Opener(() => services.GetRequiredKeyedService<IGrainStorage>(name)));
        return builder;
    }

    /// <summary>Stores the states of grains that name no storage.</summary>
    public static ISiloBuilder AddJournalGrainStorageAsDefault(
        this ISiloBuilder builder, string directory, Action<JournalOptions>? configureOptions = null) =>
        builder.AddJournalGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, directory, configureOptions);

    /// <summary>Adds reminders and stores them in <c>reminders</c> below <paramref name="directory"/>.</summary>
    public static ISiloBuilder AddJournalReminders(this ISiloBuilder builder, string directory, Action<JournalOptions>? configureOptions = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var options = Configure(configureOptions);
        builder.AddReminders();
        builder.Services.Replace(ServiceDescriptor.Singleton<IReminderTable>(services => new JournalReminderTable(
            Path.Combine(directory, "reminders"), options, services.GetRequiredService<ILogger<JournalReminderTable>>())));
        return builder;
    }

    private static JournalOptions Configure(Action<JournalOptions>? configureOptions)
    {
        var options = new JournalOptions();
        configureOptions?.Invoke(options);
        return options;
    }

    // Opened with the host, so that a directory that cannot be used is noticed then and not by the first call.
    private sealed class Opener(Func<IGrainStorage> storage) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            storage();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
