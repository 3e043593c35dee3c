using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>What every check needs.</summary>
/// <param name="At">Time of the header.</param>
internal sealed record CheckContext(FeedNotices Notices, ITripPlans? Plans, ReaderOptions Options, DateTimeOffset At, DateTimeOffset Now)
{
    // From the year 2000 to 2100, in seconds: what lies outside was written in milliseconds, or is no time.
    private const ulong Earliest = 946_684_800;
    private const ulong Latest = 4_102_444_800;

    public static bool IsPosix(ulong seconds) => seconds is >= Earliest and <= Latest;

    /// <summary>Checks a time of an entity; null where it can't be used.</summary>
    public DateTimeOffset? Time(ulong seconds, string entity, string field)
    {
        if (!IsPosix(seconds))
        {
            Notices.Add("E001", entity, $"{field} is no time in seconds since 1970 (POSIX); perhaps it is in milliseconds.", seconds);
            return null;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        if (time > Now + TimeSpan.FromSeconds(Options.FutureToleranceSeconds))
        {
            Notices.Add("E050", entity, $"{field} is in the future; set the clock of whoever writes it.", time.ToString("O"));
        }
        else if (time > At)
        {
            Notices.Add("E012", entity, $"{field} is later than the timestamp of the header, which is to be the latest of all.", seconds);
        }

        return time;
    }
}
