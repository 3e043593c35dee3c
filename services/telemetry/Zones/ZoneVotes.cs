using Orleans;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Rules;
using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.Zones;

/// <summary>Brings what a batch made of devices' rules to the zones that ask for it.</summary>
internal sealed class ZoneVotes(IGrainFactory grains, ITownDirectory towns)
{
    /// <summary>The zones' outcomes; empty where the batch touched no device of a zone.</summary>
    public async Task<IReadOnlyList<(string Municipality, ZoneMembership Zone, SensorOutcome Outcome)>> EvaluateAsync(IReadOnlyList<DeviceOutcome> outcomes)
    {
        Dictionary<(string Municipality, string Zone), List<KeyValuePair<string, ZoneVote>>>? ballots = null;
        foreach (var (municipality, device, outcome, _) in outcomes)
        {
            if (outcome.Votes.Length == 0 || !towns.TryGet(municipality, out var town))
            {
                continue;
            }

            foreach (var zone in RuleBook.Of(town).ZonesOf(device))
            {
                foreach (var (rule, vote) in outcome.Votes)
                {
                    if (rule == zone.Rule)
                    {
                        ballots ??= [];
                        if (!ballots.TryGetValue((municipality, zone.Id), out var votes))
                        {
                            ballots[(municipality, zone.Id)] = votes = [];
                        }

                        votes.Add(new(device, vote));
                    }
                }
            }
        }

        return ballots is null ? [] : await Task.WhenAll(ballots.Select(ballot => EvaluateAsync(ballot.Key.Municipality, ballot.Key.Zone, ballot.Value)));
    }

    public IZoneGrain GrainOf(string municipality, string subject) => grains.GetGrain<IZoneGrain>(SensorGrain.KeyOf(municipality, subject));

    private async Task<(string Municipality, ZoneMembership Zone, SensorOutcome Outcome)> EvaluateAsync(
        string municipality, string id, List<KeyValuePair<string, ZoneVote>> votes)
    {
        towns.TryGet(municipality, out var town);
        var zone = RuleBook.Of(town!).Zone(id)!;
        var input = new ZoneInput([.. votes.Select(vote => vote.Key)], [.. votes.Select(vote => vote.Value)]);
        return (municipality, zone, await GrainOf(municipality, zone.Rule.Subject).EvaluateAsync(input));
    }
}
