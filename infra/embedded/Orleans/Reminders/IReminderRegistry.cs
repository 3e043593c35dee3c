using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Registers reminders; grains use it through <see cref="GrainReminderExtensions"/>.</summary>
public interface IReminderRegistry
{
    /// <summary>Makes or replaces a reminder; complete when the table has stored it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, infinite, or beyond the calendar.</exception>
    /// <exception cref="ArgumentException">The period is below the configured minimum, or the name is empty.</exception>
    Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder; one that is gone already is no error, one that was replaced since throws <see cref="ReminderException"/>.</summary>
    Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

    /// <summary>A reminder by name, or null.</summary>
    Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

    /// <summary>All reminders of a grain.</summary>
    Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
}
