using System.Globalization;
using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>The header, alone and against the one before.</summary>
internal sealed class HeaderChecks(ReaderOptions options, FeedNotices notices)
{
    private const double MostRefreshSeconds = 35;

    /// <summary>The time that the feed is of.</summary>
    public DateTimeOffset Check(FeedMessage message, FeedReading? former, DateTimeOffset now)
    {
        var header = message.Header;
        if (header is null)
        {
            notices.Add("header-missing", "", "The message has no header; it is taken as of now.");
            return now;
        }

        var isNew = header.GtfsRealtimeVersion.StartsWith('2');
        if (header.GtfsRealtimeVersion is not ("1.0" or "2.0"))
        {
            notices.Add("E038", "", "gtfs_realtime_version is neither 1.0 nor 2.0.", header.GtfsRealtimeVersion);
        }

        if (!header.HasIncrementality && isNew)
        {
            notices.Add("E049", "", "incrementality is not said, which version 2.0 asks for; it is taken as FULL_DATASET.");
        }

        if (header.Incrementality == FeedHeader.Types.Incrementality.FullDataset)
        {
            foreach (var entity in message.Entity.Where(static entity => entity.HasIsDeleted && entity.IsDeleted))
            {
                notices.Add("E039", entity.Id, "is_deleted stands in a FULL_DATASET, where what is no more is left out; the entity is left out.");
            }
        }

        return Time(header, former, isNew, message, now);
    }

    private DateTimeOffset Time(FeedHeader header, FeedReading? former, bool isNew, FeedMessage message, DateTimeOffset now)
    {
        if (!header.HasTimestamp || header.Timestamp == 0)
        {
            notices.Add(isNew ? "E048" : "W001", "", "The header has no timestamp: nobody can tell how old the feed is. It is taken as of when it came.");
            return now;
        }

        if (!CheckContext.IsPosix(header.Timestamp))
        {
            notices.Add("E001", "", "The header's timestamp is no time in seconds since 1970 (POSIX); perhaps it is in milliseconds.", header.Timestamp);
            return now;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds((long)header.Timestamp);
        if (at > now + TimeSpan.FromSeconds(options.FutureToleranceSeconds))
        {
            notices.Add("E050", "", "The header's timestamp is in the future; set the clock of whoever writes the feed. It is taken as of when it came.", at.ToString("O"));
            return now;
        }

        if ((now - at).TotalSeconds > options.OldAfterSeconds)
        {
            notices.Add("W008", "", string.Create(CultureInfo.InvariantCulture, $"The header's timestamp is {(now - at).TotalSeconds:0} s old; a feed is written anew at least every 30 s."), at.ToString("O"));
        }

        Follow(at, former, message);
        return at;
    }

    private void Follow(DateTimeOffset at, FeedReading? former, FeedMessage message)
    {
        if (former?.Message is not { } before)
        {
            return;
        }

        if (at < former.At)
        {
            notices.Add("E018", "", "The header's timestamp is earlier than that of the message before; the message is not taken.", at.ToString("O"));
        }
        else if (at == former.At && !before.Entity.Equals(message.Entity))
        {
            notices.Add("E017", "", "The content changed, and the header's timestamp did not.", at.ToString("O"));
        }
        else if ((at - former.At).TotalSeconds > MostRefreshSeconds)
        {
            notices.Add("W007", "", string.Create(CultureInfo.InvariantCulture, $"The feed was written {(at - former.At).TotalSeconds:0} s after the one before; at most {MostRefreshSeconds:0} s are useful."));
        }
    }
}
