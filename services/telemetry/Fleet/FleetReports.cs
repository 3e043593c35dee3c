using Orleans;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Fleet;

/// <summary>Tells each town's fleet what a batch says of it. Counts are for looking at: no reading waits because one was not taken.</summary>
internal sealed class FleetReports(IGrainFactory grains, ITownDirectory towns, ILogger<FleetReports> log)
{
    public async Task SendAsync(IReadOnlyList<IngestItem> batch, IReadOnlyList<DeviceOutcome> outcomes, DateTimeOffset now)
    {
        var drafts = new Dictionary<string, Draft>(StringComparer.Ordinal);
        foreach (var item in batch)
        {
            var draft = Of(drafts, item.Municipality);
            draft.Refused += item.Faults.Count > 0 ? 1 : 0;
            if (item.Measurements.Count > 0)
            {
                draft.Heard.Add(item.Device);
            }
        }

        foreach (var outcome in outcomes)
        {
            foreach (var firing in outcome.Outcome.Firings)
            {
                Of(drafts, outcome.Municipality).Changes.Add(new FleetChange(outcome.Device, firing.RuleId, firing.IsRaised));
            }
        }

        try
        {
            await Task.WhenAll(drafts.Where(draft => towns.TryGet(draft.Key, out _)).Select(draft => grains.GetGrain<IFleetGrain>(draft.Key)
                .ReportAsync(new FleetReport(now, [.. draft.Value.Heard], draft.Value.Refused, [.. draft.Value.Changes]))));
        }
        catch (Exception exception)
        {
            log.FleetNotTold(exception);
        }
    }

    private static Draft Of(Dictionary<string, Draft> drafts, string municipality)
    {
        if (!drafts.TryGetValue(municipality, out var draft))
        {
            drafts[municipality] = draft = new Draft();
        }

        return draft;
    }

    private sealed class Draft
    {
        public HashSet<string> Heard { get; } = new(StringComparer.Ordinal);

        public List<FleetChange> Changes { get; } = [];

        public int Refused { get; set; }
    }
}
