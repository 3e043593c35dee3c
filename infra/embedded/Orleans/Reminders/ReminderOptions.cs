using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>How reminders behave.</summary>
public sealed class ReminderOptions
{
    /// <summary>The shortest period that may be registered; one minute.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Accepted for compatibility: the one process of the embedded engine needs not read its own table again.</summary>
    public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Accepted for compatibility: all reminders are held in memory.</summary>
    public TimeSpan ReminderLoadingWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the table may take to become ready; five minutes.</summary>
    public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Upstream's rules.</summary>
    internal void Validate()
    {
        Require(MinimumReminderPeriod >= TimeSpan.Zero, nameof(MinimumReminderPeriod), "must not be less than 00:00:00");
        Require(RefreshReminderListPeriod > TimeSpan.Zero, nameof(RefreshReminderListPeriod), "must be greater than 00:00:00");
        Require(ReminderLoadingWindow > TimeSpan.Zero, nameof(ReminderLoadingWindow), "must be greater than 00:00:00");
        Require(
            ReminderLoadingWindow >= RefreshReminderListPeriod,
            nameof(ReminderLoadingWindow),
            $"must not be less than {nameof(ReminderOptions)}.{nameof(RefreshReminderListPeriod)}");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new OrleansConfigurationException($"{nameof(ReminderOptions)}.{name} {rule}");
        }
    }
}
