using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Tests.Planning;

/// <summary>Small networks and questions about them, with everything that has ever been got wrong in a planner; a seed gives always the same.</summary>
internal static class RandomNetworks
{
    private const int Midnight = 86_400;

    public static (SmallNetwork Network, SearchQuery Query) Of(int seed)
    {
        var random = new Random(seed);
        var network = new SmallNetwork();
        for (var stop = random.Next(3, 8); stop > 0; stop--)
        {
            network.Stops.Add((36.8 + (random.Next(8) * 0.0008), 137.4 + (random.Next(8) * 0.0008), Wheelchair(random)));
        }

        for (var service = random.Next(1, 4); service > 0; service--)
        {
            network.Services.Add([.. Enumerable.Range(0, 3).Where(_ => random.Next(3) > 0)]);
        }

        for (var line = random.Next(1, 5); line > 0; line--)
        {
            AddLine(random, network);
        }

        for (var rule = random.Next(14) - 4; rule > 0; rule--)
        {
            network.Transfers.Add(new SmallTransfer(Stop(random, network), Stop(random, network), (TransferKind)random.Next(4), 60 * random.Next(20)));
        }

        AddUpdates(random, network);
        return (network, Query(random, network));
    }

    private static void AddLine(Random random, SmallNetwork network)
    {
        // Stops are drawn with putting back: loops, and stops that are called at twice in a row.
        var stops = Enumerable.Range(0, random.Next(2, 6)).Select(_ => Stop(random, network)).ToArray();
        var rules = stops.Select(_ => (Rule(random), Rule(random))).ToArray();
        var minutes = stops.Select(_ => random.Next(1, 8)).ToArray();
        for (var number = random.Next(1, 5); number > 0; number--)
        {
            var time = (random.Next(2) * Midnight) + (60 * random.Next(60));
            var hurry = random.Next(3) == 0 ? random.Next(-2, 3) : 0;
            var calls = new StopCall[stops.Length];
            for (var call = 0; call < calls.Length; call++)
            {
                var dwell = random.Next(4) == 0 ? 60 * random.Next(4) : 0;
                calls[call] = new StopCall(stops[call], time, time + dwell, rules[call].Item1, rules[call].Item2);
                time += dwell + (60 * Math.Max(0, minutes[call] + hurry));
            }

            network.Trips.Add(new SmallTrip(random.Next(network.Services.Count), calls, Wheelchair(random)));
            for (var period = random.Next(5) == 0 ? random.Next(1, 3) : 0; period > 0; period--)
            {
                var start = (random.Next(2) * Midnight) + (60 * random.Next(60));
                network.Frequencies.Add(new SmallFrequency(network.Trips.Count - 1, start, start + (60 * random.Next(1, 40)), 60 * random.Next(3, 15), random.Next(2) == 0));
            }
        }
    }

    private static void AddUpdates(Random random, SmallNetwork network)
    {
        for (var number = random.Next(8) - 3; number > 0; number--)
        {
            var trip = random.Next(network.Trips.Count);
            var calls = network.Trips[trip].Calls.Length;
            var isTemplate = network.Frequencies.Exists(frequency => frequency.Trip == trip);
            network.Updates.Add(new TripUpdate(trip, SmallNetwork.FirstDay.AddDays(random.Next(3)))
            {
                IsCancelled = isTemplate || random.Next(3) == 0,
                ArrivalDelaySeconds = Delays(random, calls),
                DepartureDelaySeconds = random.Next(2) == 0 ? Delays(random, calls) : null,
                SkippedCalls = random.Next(3) == 0 ? [random.Next(calls)] : null,
            });
        }
    }

    private static SearchQuery Query(Random random, SmallNetwork network)
    {
        var arriveBy = random.Next(2) == 0;
        return new SearchQuery
        {
            From = Ends(random, network),
            To = Ends(random, network),
            Days = [new SearchDay(0, -Midnight), new SearchDay(1, 0), new SearchDay(2, Midnight)],
            TimeSeconds = (60 * random.Next(60)) + (arriveBy ? 1800 : 0),
            ArriveBy = arriveBy,
            WindowSeconds = random.Next(4) == 0 ? 60 * random.Next(60) : null,
            MaximumSeconds = random.Next(4) == 0 ? 60 * random.Next(5, 60) : 7200,
            MaximumRides = random.Next(1, 5),
            MinimumTransferSeconds = random.Next(3) == 0 ? 60 * random.Next(4) : 0,
            WalkingSpeedMetresPerSecond = random.Next(2) == 0 ? 1.2 : 0.7,
            MaximumTransferWalkMetres = random.Next(3) == 0 ? random.Next(500) : 400,
            DirectWalkMetres = random.Next(4) == 0 ? random.Next(2000) : null,
            SlackSeconds = random.Next(2) == 0 ? 60 * random.Next(30) : null,
            Wheelchair = random.Next(6) == 0 ? (WheelchairNeed)random.Next(1, 3) : WheelchairNeed.None,
            ClosedStops = random.Next(4) == 0 ? new StopSet(network.Stops.Count).Add(Stop(random, network)) : null,
        };
    }

    private static List<EndLeg> Ends(Random random, SmallNetwork network)
    {
        var legs = new List<EndLeg>();
        for (var number = random.Next(1, 4); number > 0; number--)
        {
            var metres = 10 * random.Next(40);
            var earliest = 60 * random.Next(-20, 60);
            legs.Add(random.Next(5) == 0
                ? new EndLeg(Stop(random, network), 60 * random.Next(10), 0, number, earliest, earliest + (60 * random.Next(60)))
                : new EndLeg(Stop(random, network), metres, metres));
        }

        return legs;
    }

    private static int[] Delays(Random random, int calls) => [.. Enumerable.Range(0, calls).Select(_ => 60 * random.Next(-3, 12))];

    private static int Stop(Random random, SmallNetwork network) => random.Next(network.Stops.Count);

    private static BoardingRule Rule(Random random) => random.Next(6) == 0 ? (BoardingRule)random.Next(1, 4) : BoardingRule.Regular;

    private static Accessibility Wheelchair(Random random) => random.Next(3) == 0 ? (Accessibility)random.Next(3) : Accessibility.Accessible;
}
