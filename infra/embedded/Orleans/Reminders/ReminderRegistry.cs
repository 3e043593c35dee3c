using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace SmartCity.Embedded.Grains;

/// <summary>Checks what grains register, stores it in the table, and then has the schedule follow it.</summary>
internal sealed class ReminderRegistry(IServiceProvider services, ReminderSchedule schedule, TimeProvider time, IOptions<ReminderOptions> options)
    : IReminderRegistry, IHostedService
{
    // Changes of one reminder must reach table and schedule in the same order; the hash of its grain picks the lock.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly Lock _gate = new();
    private Task? _started;

    private IReminderTable Table => services.GetService<IReminderTable>()
        ?? throw new OrleansConfigurationException(
            "The reminder service has not been configured: add a table, for example by ISiloBuilder.UseInMemoryReminderService().");

    public Task StartAsync(CancellationToken cancellationToken) => EnsureStartedAsync().WaitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        schedule.Dispose();
        await Table.StopAsync(cancellationToken);
    }

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        RequireTime(dueTime, nameof(dueTime));
        RequireTime(period, nameof(period));
        RequireName(reminderName);
        var minimum = options.Value.MinimumReminderPeriod;
        if (period < minimum || period == TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"Cannot register reminder {reminderName} as requested period ({period}) is less than minimum allowed reminder period ({minimum})",
                nameof(period));
        }

        RuntimeContext.Require();
        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = time.GetUtcNow().UtcDateTime.Add(dueTime),
            Period = period,
        };
        return RegisterAsync(entry);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        RuntimeContext.Require();
        return UnregisterAsync((ReminderHandle)reminder);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        RequireName(reminderName);
        RuntimeContext.Require();
        await EnsureStartedAsync().ConfigureAwait(false);
        return (await Table.ReadRow(callingGrainId, reminderName).ConfigureAwait(false))?.ToHandle();
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        RuntimeContext.Require();
        await EnsureStartedAsync().ConfigureAwait(false);
        return [.. (await Table.ReadRows(callingGrainId).ConfigureAwait(false)).Reminders.Select(static entry => entry.ToHandle())];
    }

    private static void RequireTime(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero)
        {
            var kind = value == Timeout.InfiniteTimeSpan ? nameof(Timeout.InfiniteTimeSpan) : "negative";
            throw new ArgumentOutOfRangeException(name, $"Cannot use {kind} {name} to create a reminder");
        }
    }

    private static void RequireName(string reminderName)
    {
        if (string.IsNullOrEmpty(reminderName))
        {
            throw new ArgumentException("Cannot use null or empty name for the reminder", nameof(reminderName));
        }
    }

    // A grain may register before the host has started this; whoever comes first reads the table.
    private Task EnsureStartedAsync()
    {
        lock (_gate)
        {
            return _started ??= ReadTableAsync();
        }
    }

    private async Task ReadTableAsync()
    {
        options.Value.Validate();
        var table = Table;
        using var timeout = new CancellationTokenSource(options.Value.InitializationTimeout, time);
        await table.StartAsync(timeout.Token).ConfigureAwait(false);
        schedule.Start((await table.ReadRows(0, 0).WaitAsync(timeout.Token).ConfigureAwait(false)).Reminders);
    }

    private async Task<IGrainReminder> RegisterAsync(ReminderEntry entry)
    {
        await EnsureStartedAsync().ConfigureAwait(false);
        var mine = LockOf(entry.GrainId);
        await mine.WaitAsync().ConfigureAwait(false);
        try
        {
            entry.ETag = await Table.UpsertRow(entry).ConfigureAwait(false)
                ?? throw new ReminderException($"Could not register reminder {entry} to reminder table due to a race. Please try again later.");
            schedule.Set(entry);
            return entry.ToHandle();
        }
        finally
        {
            mine.Release();
        }
    }

    private async Task UnregisterAsync(ReminderHandle reminder)
    {
        await EnsureStartedAsync().ConfigureAwait(false);
        var mine = LockOf(reminder.GrainId);
        await mine.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!await Table.RemoveRow(reminder.GrainId, reminder.ReminderName, reminder.ETag).ConfigureAwait(false)
                && await Table.ReadRow(reminder.GrainId, reminder.ReminderName).ConfigureAwait(false) is not null)
            {
                throw new ReminderException(
                    $"Could not unregister reminder {reminder} from the reminder table, due to tag mismatch. You can retry.");
            }

            schedule.Remove(reminder.GrainId, reminder.ReminderName);
        }
        finally
        {
            mine.Release();
        }
    }

    private SemaphoreSlim LockOf(GrainId grainId) => _locks[grainId.GetUniformHashCode() % (uint)_locks.Length];
}
