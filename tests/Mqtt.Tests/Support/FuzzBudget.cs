using System.Diagnostics;
using System.Globalization;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>
/// How long the fuzz tests run: 10 seconds in all, SMARTCITY_FUZZ_SECONDS, or SMARTCITY_FUZZ_PACKETS packets in each of
/// them. SMARTCITY_FUZZ_SEED gives other packets.
/// </summary>
public sealed class FuzzBudget
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly long? _packets = Setting("SMARTCITY_FUZZ_PACKETS");
    private readonly TimeSpan _time;

    private FuzzBudget(double share) => _time = TimeSpan.FromSeconds((Setting("SMARTCITY_FUZZ_SECONDS") ?? 10) * share);

    public static int Seed => (int)(Setting("SMARTCITY_FUZZ_SEED") ?? 20260701);

    /// <param name="share">Of the time of all fuzz tests, 0 to 1.</param>
    public static FuzzBudget Start(double share) => new(share);

    public bool HasMore(long packetsDone) => _packets is { } packets ? packetsDone < packets : Stopwatch.GetElapsedTime(_startedAt) < _time;

    private static long? Setting(string name)
        => long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
