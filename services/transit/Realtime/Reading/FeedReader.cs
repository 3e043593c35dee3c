using System.Globalization;
using Google.Protobuf;
using SmartCity.Transit.Realtime.Reading.Checks;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Reading;

/// <summary>Reads a GTFS Realtime message of somebody else: bounded, and with a notice for everything that is not as it should be.</summary>
internal sealed class FeedReader(ReaderOptions options)
{
    /// <param name="former">What the same source sent before, or null.</param>
    /// <param name="plans">The live feed version; null where the town has none, and then no name in it is known.</param>
    public FeedReading Read(ReadOnlySpan<byte> content, FeedReading? former, ITripPlans? plans, DateTimeOffset now)
    {
        var notices = new FeedNotices();
        if (Parse(content, notices) is not { } message)
        {
            return new FeedReading(null, now, notices);
        }

        var at = new HeaderChecks(options, notices).Check(message, former, now);
        if (former?.Message is not null && at < former.At)
        {
            // Two servers that take turns, say: the newer word counts.
            return new FeedReading(null, at, notices);
        }

        var context = new CheckContext(notices, plans, options, at, now);
        new EntityChecks(context).Check(message);
        return new FeedReading(message, at, notices);
    }

    private FeedMessage? Parse(ReadOnlySpan<byte> content, FeedNotices notices)
    {
        if (content.Length > options.MostBytes)
        {
            notices.Add("feed-too-large", "", string.Create(CultureInfo.InvariantCulture, $"The message has more than {options.MostBytes} bytes and was not read."), content.Length);
            return null;
        }

        if (content.IsEmpty)
        {
            notices.Add("feed-empty", "", "The message has no bytes; a feed without entities still has a header.");
            return null;
        }

        if (LooksLikeText(content) is { } kind)
        {
            notices.Add("not-protobuf", "", $"The answer is {kind}, and not a GTFS Realtime protobuf: an error page, a login, or the address of something else.");
            return null;
        }

        try
        {
            var message = FeedMessage.Parser.ParseFrom(content);
            if (message.Header is null && message.Entity.Count == 0)
            {
                notices.Add("not-protobuf", "", "The bytes are no GTFS Realtime message: there is no header and no entity in them.");
                return null;
            }

            if (message.Entity.Count > options.MostEntities)
            {
                notices.Add("feed-too-large", "", string.Create(CultureInfo.InvariantCulture, $"The message has more than {options.MostEntities} entities and was not read."), message.Entity.Count);
                return null;
            }

            return message;
        }
        catch (InvalidProtocolBufferException exception)
        {
            // Half a feed would be half of the buses: nothing of it is taken.
            var isCut = exception.Message.Contains("unexpected", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase);
            notices.Add(
                isCut ? "feed-truncated" : "not-protobuf", "",
                isCut ? "The message ends in the middle: it was cut off on its way, or while it was written. Nothing of it was taken." : $"The bytes are no GTFS Realtime message: {exception.Message}");
            return null;
        }
    }

    private static string? LooksLikeText(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, 512)].TrimStart(" \t\r\n"u8);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (start.StartsWith(mark))
        {
            start = start[3..];
        }

        return start.StartsWith("<!"u8) || start.StartsWith("<html"u8) || start.StartsWith("<HTML"u8) ? "a web page"
            : start.StartsWith("<?xml"u8) ? "XML"
            : start.StartsWith("{"u8) || start.StartsWith("[{"u8) ? "JSON"
            : start.StartsWith("PK\u0003\u0004"u8) ? "a zip file, perhaps the GTFS Schedule feed"
            : null;
    }
}
