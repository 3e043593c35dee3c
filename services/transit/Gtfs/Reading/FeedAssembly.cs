using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>Makes the compact model of what was read.</summary>
internal static class FeedAssembly
{
    public static GtfsFeed Build(FeedDraft draft)
    {
        var (stopTimes, lines, flex) = draft.StopTimes.Build();
        draft.Lines.StopTimes = lines;
        return new GtfsFeed(new GtfsParts
        {
            Agencies = [.. draft.Agencies],
            Stops = [.. draft.Stops],
            Routes = [.. draft.Routes],
            Trips = Trips(draft, stopTimes),
            StopTimes = stopTimes,
            Services = draft.Services.Build(),
            Shapes = [.. draft.Shapes],
            Frequencies = [.. draft.Frequencies],
            Transfers = [.. draft.Transfers],
            Levels = [.. draft.Levels],
            Pathways = [.. draft.Pathways],
            Fares = new GtfsFares(draft.Fares.ToArray(), draft.FareRules.ToArray()),
            Translations = new GtfsTranslations(draft.Translations, draft.TranslationLanguages),
            Info = draft.Info,
            Attributions = [.. draft.Attributions],
            Flex = new GtfsFlex(draft.Zones, draft.Groups, draft.BookingRules, flex),
            Japan = new GtfsJapan(draft.JapanAgencies, draft.JapanOffices, draft.JapanRoutes),
            TimeZone = draft.Agencies.Count > 0 ? TimeZoneInfo.FindSystemTimeZoneById(draft.Agencies[0].TimeZone) : TimeZoneInfo.Utc,
        });
    }

    private static GtfsTrip[] Trips(FeedDraft draft, GtfsStopTimes stopTimes)
    {
        var trips = draft.Trips.ToArray();
        var frequencies = new Dictionary<int, List<int>>();
        for (var index = 0; index < draft.Frequencies.Count; index++)
        {
            if (frequencies.TryGetValue(draft.Frequencies[index].Trip, out var of))
            {
                of.Add(index);
            }
            else
            {
                frequencies[draft.Frequencies[index].Trip] = [index];
            }
        }

        for (var first = 0; first < stopTimes.Count;)
        {
            var trip = stopTimes.Trips[first];
            var end = first + 1;
            while (end < stopTimes.Count && stopTimes.Trips[end] == trip)
            {
                end++;
            }

            if (trip >= 0)
            {
                trips[trip] = trips[trip] with { FirstStopTime = first, StopTimeCount = end - first };
            }

            first = end;
        }

        foreach (var (trip, indexes) in frequencies)
        {
            trips[trip] = trips[trip] with { Frequencies = indexes.ToArray() };
        }

        return trips;
    }
}
