using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>
/// Reminders of a grain. They are stored, so that they outlive the activation and the host, and a tick activates the grain.
/// </summary>
public static class GrainReminderExtensions
{
    /// <summary>
    /// Makes a reminder, or replaces the one of that name. Ticks come at the due time from now and every period after it.
    /// A period below <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/> throws <see cref="ArgumentException"/>, a
    /// grain that is not <see cref="IRemindable"/> <see cref="InvalidOperationException"/>.
    /// </summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder(grain is IRemindable, grain?.GrainContext, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder(grain is IRemindable, grain?.GrainContext, reminderName, dueTime, period);

    /// <summary>Removes a reminder; one that is gone already is no error.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder(grain?.GrainContext, reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => UnregisterReminder(grain?.GrainContext, reminder);

    /// <summary>A reminder by name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder(grain?.GrainContext, reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) => GetReminder(grain?.GrainContext, reminderName);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders(grain?.GrainContext);

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => GetReminders(grain?.GrainContext);

    private static Task<IGrainReminder> RegisterOrUpdateReminder(
        bool remindable, IGrainContext? grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        RequireName(reminderName);
        return remindable
            ? RegistryOf(grain).RegisterOrUpdateReminder(grain.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException(
                $"Grain {grain.GrainId} is not '{nameof(IRemindable)}'. A grain should implement {nameof(IRemindable)} to use the persistent reminder service");
    }

    private static Task UnregisterReminder(IGrainContext? grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return RegistryOf(grain).UnregisterReminder(grain.GrainId, reminder);
    }

    private static Task<IGrainReminder?> GetReminder(IGrainContext? grain, string reminderName)
    {
        ArgumentNullException.ThrowIfNull(grain);
        RequireName(reminderName);
        return RegistryOf(grain).GetReminder(grain.GrainId, reminderName);
    }

    private static Task<List<IGrainReminder>> GetReminders(IGrainContext? grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return RegistryOf(grain).GetReminders(grain.GrainId);
    }

    // Upstream throws this type for blank names too.
    private static void RequireName(string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName))
        {
            throw new ArgumentNullException(nameof(reminderName));
        }
    }

    private static IReminderRegistry RegistryOf(IGrainContext grain) => grain.ActivationServices.GetRequiredService<IReminderRegistry>();
}
