using System.Globalization;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>frequencies.txt.</summary>
internal sealed class FrequencyRules : IFeedRule
{
    private const string File = "frequencies.txt";

    // Every run is laid out where vehicles are followed. The largest networks of the world have fewer in a day.
    private const long MostRuns = 200_000;

    public void Check(RuleContext context)
    {
        var frequencies = context.Feed.Frequencies;
        CheckRuns(context);
        for (var index = 0; index < frequencies.Count; index++)
        {
            if (frequencies[index].StartSeconds >= frequencies[index].EndSeconds)
            {
                var code = frequencies[index].StartSeconds == frequencies[index].EndSeconds ? "start_and_end_range_equal" : "start_and_end_range_out_of_order";
                context.Notices.Add(code, File, context.Lines.Frequencies[index], "end_time",
                    StopTimeRules.Clock(frequencies[index].EndSeconds), StopTimeRules.Clock(frequencies[index].StartSeconds));
            }
        }

        foreach (var trip in context.Feed.Trips.Where(trip => trip.Frequencies.Count > 1))
        {
            var ordered = trip.Frequencies.OrderBy(index => frequencies[index].StartSeconds).ToList();
            for (var at = 1; at < ordered.Count; at++)
            {
                if (frequencies[ordered[at]].StartSeconds < frequencies[ordered[at - 1]].EndSeconds)
                {
                    context.Notices.Add("overlapping_frequency", File, context.Lines.Frequencies[ordered[at]], "start_time",
                        StopTimeRules.Clock(frequencies[ordered[at]].StartSeconds), StopTimeRules.Clock(frequencies[ordered[at - 1]].EndSeconds));
                }
            }
        }
    }

    private static void CheckRuns(RuleContext context)
    {
        var runs = 0L;
        for (var index = 0; index < context.Feed.Frequencies.Count; index++)
        {
            var frequency = context.Feed.Frequencies[index];
            runs += Math.Max(0, frequency.EndSeconds - frequency.StartSeconds) / frequency.HeadwaySeconds;
            if (runs > MostRuns)
            {
                context.Notices.Add("too_many_headway_runs", File, context.Lines.Frequencies[index], "headway_secs",
                    frequency.HeadwaySeconds.ToString(CultureInfo.InvariantCulture), MostRuns.ToString(CultureInfo.InvariantCulture));
                return;
            }
        }
    }
}
