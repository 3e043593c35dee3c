using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// The reminders in memory and the one timer that wakes for the next of them. At most one tick of a reminder is on its
/// way, so that what is under way is bounded by the number of reminders.
/// </summary>
internal sealed class ReminderSchedule(Silo silo) : IDisposable
{
    // The timer does not see when the clock is set, so the clock is looked at this often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SetBack = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), LocalReminder> _reminders = [];
    private SortedSet<LocalReminder> _waiting = new(LocalReminder.ByDue);
    private ITimer? _timer;
    private DateTime _seen = DateTime.MinValue;
    private long _number;

    private DateTime Now => silo.Time.GetUtcNow().UtcDateTime;

    public void Start(IEnumerable<ReminderEntry> stored)
    {
        lock (_gate)
        {
            _timer = silo.CreateTimer(static state => ((ReminderSchedule)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            foreach (var entry in stored)
            {
                Set(entry);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Adds or replaces a reminder; a tick on its way is not taken back.</summary>
    public void Set(ReminderEntry entry)
    {
        lock (_gate)
        {
            var key = (entry.GrainId, entry.ReminderName);
            if (!_reminders.TryGetValue(key, out var reminder))
            {
                _reminders[key] = reminder = new LocalReminder(entry, _number++);
            }

            _waiting.Remove(reminder);
            reminder.Entry = entry;
            reminder.Previous = null;
            reminder.IsRemoved = false;
            if (!reminder.IsDelivering)
            {
                Wait(reminder, Now);
                Arm(Now);
            }
        }
    }

    public void Remove(GrainId grainId, string name)
    {
        lock (_gate)
        {
            if (!_reminders.TryGetValue((grainId, name), out var reminder))
            {
                return;
            }

            reminder.IsRemoved = true;
            if (!reminder.IsDelivering)
            {
                _waiting.Remove(reminder);
                _reminders.Remove((grainId, name));
            }
        }
    }

    private void OnTimer()
    {
        List<(LocalReminder Reminder, ReminderEntry Entry)> due = [];
        var now = Now;
        lock (_gate)
        {
            if (_seen - now > SetBack)
            {
                WaitAnew(now);
            }

            _seen = now;
            while (_timer is not null && _waiting.Min is { } first && first.Due <= now)
            {
                _waiting.Remove(first);
                first.IsDelivering = true;
                first.Previous = first.Due;
                due.Add((first, first.Entry));
            }

            Arm(now);
        }

        foreach (var (reminder, entry) in due)
        {
            _ = DeliverAsync(reminder, entry, now);
        }
    }

    private async Task DeliverAsync(LocalReminder reminder, ReminderEntry entry, DateTime now)
    {
        try
        {
            var grain = (IRemindable)(object)silo.CreateReference(entry.GrainId, typeof(IRemindable));
            await grain.ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, now)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            silo.Log.ReminderFailed(entry.ReminderName, entry.GrainId, exception);
        }

        Delivered(reminder);
    }

    private void Delivered(LocalReminder reminder)
    {
        lock (_gate)
        {
            reminder.IsDelivering = false;
            if (reminder.IsRemoved)
            {
                _reminders.Remove((reminder.Entry.GrainId, reminder.Entry.ReminderName));
                return;
            }

            var now = Now;
            Wait(reminder, now);
            Arm(now);
        }
    }

    // The rest is called with the lock held.
    private void Wait(LocalReminder reminder, DateTime now)
    {
        reminder.SetNext(now);
        _waiting.Add(reminder);
    }

    private void WaitAnew(DateTime now)
    {
        var all = _waiting;
        _waiting = new SortedSet<LocalReminder>(LocalReminder.ByDue);
        foreach (var reminder in all)
        {
            Wait(reminder, now);
        }
    }

    private void Arm(DateTime now)
    {
        if (_waiting.Min is { } first)
        {
            var wait = first.Due - now;
            _timer?.Change(wait > LongestWait ? LongestWait : wait < ShortestWait ? ShortestWait : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
