using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Orleans;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Grains;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>
/// Takes a message of a source, however it came, to the town's board. A bad one changes nothing there: the last good one stays, and
/// ages into unconfirmed by the times that it carries.
/// </summary>
internal sealed class SourceDesk(
    RealtimeBoard boards, TownPlans plans, IGrainFactory grains, IOptions<ReaderOptions> reading, TimeProvider clock, ILogger<SourceDesk> log)
{
    private readonly FeedReader _reader = new(reading.Value);

    /// <summary>Whether it was taken; the notices are in the source's health. To be called by whoever holds the source's gate.</summary>
    public async Task<bool> TakeAsync(string municipality, Source source, ReadOnlyMemory<byte> content)
    {
        var now = clock.GetUtcNow();
        var live = plans.Of(municipality);
        var read = _reader.Read(content.Span, source.Former, live, now);
        if (read.Message is not { } message)
        {
            Note(source, read.Notices, now, source.Health with { Fault = read.Notices.Notices[^1].Message });
            log.FeedNotTaken(municipality, source.Id, source.Health.Fault!);
            return false;
        }

        Merge(source, message);
        var feed = ForeignFeed.Of(source.Id, source.Entities.Values, live, read.At, reading.Value);
        Put(municipality, source.Id, feed, read.At);
        foreach (var (vehicle, position) in feed.Positions)
        {
            await grains.GetGrain<IVehicleGrain>(VehicleGrain.KeyOf(municipality, $"{source.Id}:{vehicle}")).ReportAsync(position);
        }

        source.Former = read;
        Note(source, read.Notices, now, source.Health with
        {
            TakenAt = now,
            HeaderAt = read.At,
            Fault = null,
            Entities = source.Entities.Count,
            Trips = feed.Reports.Count,
            Cancelled = feed.Cancelled.Count,
            Vehicles = feed.Positions.Count,
            Alerts = feed.Alerts.Count,
        });
        return true;
    }

    /// <summary>Forgets all that a source said.</summary>
    public void Forget(string municipality, string source)
        => boards.Of(municipality).Update(board => board.WithForeign(source, null).WithAlerts(GiverOf(source), []));

    private void Put(string municipality, string source, ForeignFeed feed, DateTimeOffset at)
    {
        var state = new ForeignState(feed.Reports.ToFrozenDictionary(), feed.Cancelled.ToFrozenDictionary(), at);
        boards.Of(municipality).Update(board => board.WithForeign(source, state).WithAlerts(GiverOf(source), feed.Alerts));
    }

    // An entity without an id can be named by nothing later, and stays as long as the message does.
    private void Merge(Source source, FeedMessage message)
    {
        var isWhole = message.Header?.Incrementality != FeedHeader.Types.Incrementality.Differential;
        var entities = isWhole ? new Dictionary<string, FeedEntity>(StringComparer.Ordinal) : source.Entities;
        foreach (var (place, entity) in message.Entity.Index())
        {
            var id = entity.Id.Length > 0 ? entity.Id : $"?{place}";
            if (entity.IsDeleted)
            {
                entities.Remove(id);
            }
            else if (entities.Count < reading.Value.MostEntities || entities.ContainsKey(id))
            {
                entities[id] = entity;
            }
        }

        source.Entities = entities;
    }

    private static void Note(Source source, FeedNotices notices, DateTimeOffset now, SourceHealth health)
        => source.Health = health with { TriedAt = now, Notices = notices.Notices, NoticeCounts = notices.Counts };

    private static string GiverOf(string source) => "source:" + source;
}
