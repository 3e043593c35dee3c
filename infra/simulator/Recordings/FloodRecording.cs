using System.Globalization;
using System.Text;

namespace SmartCity.Simulator.Recordings;

/// <summary>
/// Makes <c>flood-three-gauges.csv</c>: a night's flood at three gauges of the demo region, made up. The wave reaches them
/// one after the other, and the last gauge has a fault of an hour: it is stuck far too high before there is any flood.
/// The same call gives the same bytes.
/// </summary>
public static class FloodRecording
{
    /// <summary>The file's name beside this class.</summary>
    public const string FileName = "flood-three-gauges.csv";

    private const string Municipality = "162043";
    private const double StuckAtMetres = 4.85;
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 18, 0, 0, TimeSpan.FromHours(9));
    private static readonly TimeSpan Length = TimeSpan.FromHours(12);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private static readonly Gauge[] Gauges =
    [
        new("river-katakai-1", 1, 1.15, TimeSpan.FromHours(3), 3.05, TimeSpan.FromHours(1.5)),
        new("river-kado-1", 2, 0.95, TimeSpan.FromHours(3.4), 2.75, TimeSpan.FromHours(1.7)),
        new("river-hayatsuki-1", 3, 1.30, TimeSpan.FromHours(3.8), 2.40, TimeSpan.FromHours(2)),
    ];

    /// <summary>The recording in the long form, with line feeds.</summary>
    public static string Write()
    {
        var rivers = Gauges.Select(gauge => new RiverModel(gauge.Seed, gauge.BaseMetres)
        {
            Wave = new FloodWave(Start + gauge.WaveAfter, gauge.WaveMetres, gauge.TimeToPeak),
        }).ToArray();
        var text = new StringBuilder("municipality,device,metric,t,value\n");
        for (var at = Start; at <= Start + Length; at += Interval)
        {
            for (var index = 0; index < Gauges.Length; index++)
            {
                var level = rivers[index].NextLevelMetres(at);
                var isStuck = index == Gauges.Length - 1 && at - Start >= TimeSpan.FromHours(1) && at - Start < TimeSpan.FromHours(2);
                text.Append(CultureInfo.InvariantCulture, $"{Municipality},{Gauges[index].Device},waterLevelMetres,{at:yyyy-MM-ddTHH:mm:sszzz},{(isStuck ? StuckAtMetres : level):0.00}\n");
            }
        }

        return text.ToString();
    }

    private sealed record Gauge(string Device, int Seed, double BaseMetres, TimeSpan WaveAfter, double WaveMetres, TimeSpan TimeToPeak);
}
