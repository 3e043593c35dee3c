using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Departures;

/// <summary>What a board is asked for.</summary>
/// <param name="From">Null for now.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BoardQuery(string StopId, DateTimeOffset? From, int Skip, int Limit, int WindowSeconds, string Language);

/// <summary>
/// Departure boards as JSON. What many people ask for at once, the next departures of a stop, is put together once in a few
/// seconds and then repeated, unless the timetable or what real time knows has changed.
/// </summary>
public sealed class BoardWriter(LiveTimetables live, IDepartureOverlay overlay, TimeProvider clock)
{
    // Of a few kilobytes each.
    private const int MostKept = 5_000;
    private const int MostLate = 2_000;

    /// <summary>So many of the first found may have left before their time.</summary>
    private const int MostGone = 50;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Municipality, BoardQuery Query), Kept> _kept = new();

    /// <summary>The board as UTF-8, or null where there is no such stop.</summary>
    public ReadOnlyMemory<byte>? Write(string municipality, in BoardQuery query)
    {
        var timetable = live.Of(municipality);
        var version = overlay.VersionOf(municipality);
        var now = clock.GetUtcNow();
        // What everybody asks for; a stranger's made-up windows must not fill the memory.
        var isUsual = query is { From: null, Skip: 0, WindowSeconds: DepartureEndpoints.UsualWindowSeconds, Limit: <= DepartureEndpoints.UsualLimit };
        if (isUsual && _kept.TryGetValue((municipality, query), out var kept) && kept.Timetable == timetable && kept.Version == version && now - kept.At < KeptFor && now >= kept.At)
        {
            return kept.Json;
        }

        if (timetable.FindStop(query.StopId) is not { } place)
        {
            return null;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(BoardOf(timetable, place, query, now), CityJson.Options);
        if (isUsual)
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[(municipality, query)] = new Kept(timetable, version, now, json);
        }

        return json;
    }

    private DepartureBoard BoardOf(TownTimetable timetable, StopPlace place, in BoardQuery query, DateTimeOffset now)
    {
        var from = query.From ?? now;
        var window = TimeSpan.FromSeconds(query.WindowSeconds);
        var stops = StopRoutes.MembersOf(place);
        // What should have left already may still come.
        var late = overlay.LongestDelay > TimeSpan.Zero ? DepartureFinder.Find(place.Feed, stops, from - overlay.LongestDelay, overlay.LongestDelay, MostLate) : [];
        var departures = DepartureFinder.Find(place.Feed, stops, from, window, query.Skip + query.Limit + 1 + MostGone);
        var rows = new List<(Departure Departure, DepartureStatus? Status, DateTimeOffset Time)>(departures.Count);
        foreach (var departure in late.Where(departure => departure.Scheduled < from).Concat(departures))
        {
            var status = overlay.StatusOf(timetable.Municipality, departure, query.Language);
            var time = status?.Predicted ?? departure.Scheduled;
            // What nobody knows where it is may still come, for as long as real time says that it may.
            if (status?.State != DepartureState.Gone && (time >= from || (status?.State == DepartureState.Unconfirmed && from <= now)))
            {
                rows.Add((departure, status, time));
            }
        }

        var language = query.Language;
        var page = rows.OrderBy(row => row.Time).Skip(query.Skip).Take(query.Limit + 1).ToList();
        var hasMore = page.Count > query.Limit;
        var local = place.Feed.Feed.TimeZone;
        return new DepartureBoard(
            [.. page.Take(query.Limit).Select(row => DepartureWords.ViewOf(timetable, row.Departure, row.Status, language))],
            hasMore ? BoardPage.Of(from, query.Skip + query.Limit) : null,
            StopWords.ViewOf(timetable, place, language),
            TimeZoneInfo.ConvertTime(now, local),
            TimeZoneInfo.ConvertTime(from, local),
            query.WindowSeconds);
    }

    private sealed record Kept(TownTimetable Timetable, long Version, DateTimeOffset At, byte[] Json);
}
