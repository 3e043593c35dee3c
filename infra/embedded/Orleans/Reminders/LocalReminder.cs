using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>A reminder as the schedule holds it.</summary>
internal sealed class LocalReminder(ReminderEntry entry, long number)
{
    /// <summary>First due, first served; of equal times the older.</summary>
    public static readonly IComparer<LocalReminder> ByDue = Comparer<LocalReminder>.Create(static (left, right) =>
        left.Due != right.Due ? left.Due.CompareTo(right.Due) : left._number.CompareTo(right._number));

    private readonly long _number = number;

    public ReminderEntry Entry { get; set; } = entry;

    /// <summary>When it ticks next; must not change while it is among the waiting.</summary>
    public DateTime Due { get; set; }

    /// <summary>When it last ticked by its present entry.</summary>
    public DateTime? Previous { get; set; }

    /// <summary>Whether a tick is on its way, so that the next one waits.</summary>
    public bool IsDelivering { get; set; }

    /// <summary>Whether it was removed while a tick was on its way.</summary>
    public bool IsRemoved { get; set; }

    public void SetNext(DateTime now) =>
        Due = Previous is { } previous ? ReminderCadence.After(Entry, previous, now) : ReminderCadence.Next(Entry, now);
}
