using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain that takes reminders.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>Receives one tick, as a turn like any call; an exception is logged and the reminder goes on.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A reminder of a grain.</summary>
    public interface IGrainReminder
    {
        /// <summary>The name, unique within the grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>When a tick came. Ticks missed meanwhile follow from the first tick and the period.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>When the first tick was due, UTC.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The time from tick to tick.</summary>
        [Id(1)]
        public TimeSpan Period { get; } = period;

        /// <summary>When this tick was sent, UTC.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; } = timeStamp;

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }

    /// <summary>A reminder could not be changed: it was changed by somebody else.</summary>
    [GenerateSerializer]
    public sealed class ReminderException(string message) : OrleansException(message);
}
