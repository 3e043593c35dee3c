using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// When reminders tick: at StartAt + n × Period, as upstream. Ticks that were missed while the host was down are not made
/// up for, and a tick that came late does not shift those after it.
/// </summary>
internal static class ReminderCadence
{
    /// <summary>The first tick that is not before now.</summary>
    public static DateTime Next(ReminderEntry entry, DateTime now)
    {
        // Tables may lose the kind of a time; it is UTC.
        var start = DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc);
        if (now <= start)
        {
            return start;
        }

        // No grain can register it so, but a table of somebody else's may hold it.
        if (entry.Period <= TimeSpan.Zero)
        {
            return DateTime.MaxValue;
        }

        var since = (now.Ticks - start.Ticks) % entry.Period.Ticks;
        return since == 0 ? now : Add(now, TimeSpan.FromTicks(entry.Period.Ticks - since));
    }

    /// <summary>
    /// The tick after <paramref name="previous"/>. When the clock was set back by less than a period the previous tick does
    /// not come again; when by more, the clock's word goes, or a clock that was wrong once would silence the reminder.
    /// </summary>
    public static DateTime After(ReminderEntry entry, DateTime previous, DateTime now)
    {
        var next = Next(entry, now);
        return next == previous ? Add(previous, entry.Period) : next;
    }

    private static DateTime Add(DateTime time, TimeSpan span) =>
        span > DateTime.MaxValue - time ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : time + span;
}
