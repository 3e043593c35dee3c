using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Devices;

/// <summary>Devices in every state, and a day of buckets.</summary>
internal static class DeviceSamples
{
    private static readonly DateTimeOffset Now = FixedClock.Evening.GetUtcNow();

    public static DeviceView Silent => Samples.Gauge(minutesAgo: 192) with
    {
        SilentSince = Now.AddMinutes(-192),
        Troubles = [DeviceTrouble.Silent],
    };

    public static DeviceView WrongClock => Samples.Gauge() with { ClockSkewSeconds = -330, Troubles = [DeviceTrouble.ClockWrong] };

    public static DeviceView Refused => Samples.Gauge() with
    {
        LastError = new DeviceErrorView("time-in-future", "detail", Now.AddMinutes(-3)),
        Troubles = [DeviceTrouble.Refused],
    };

    public static DeviceView Raised => Samples.Gauge() with { RaisedRules = ["high-water"] };
    public static DeviceView RaisedWithoutPolicy => Samples.Gauge() with { RaisedRules = ["quiet"] };

    public static DeviceView NeverHeard => Samples.Gauge() with
    {
        Latest = new Dictionary<string, ReadingView>(StringComparer.Ordinal),
        LastSeen = null,
        Troubles = [DeviceTrouble.NeverHeard],
    };

    public static FleetView Fleet => new()
    {
        Registered = 10_000,
        Heard = 9_980,
        HeardWithinMinutes = 15,
        Silent = 12,
        RefusedInLastHour = 3,
        RulesRaised = 1,
        AsOf = Now,
    };

    /// <summary>Ten-minute buckets of the last day, without the hour from 18:00 to 19:00 in Japan.</summary>
    public static IEnumerable<BucketView> Day(int daysAgo = 0) => Enumerable.Range(0, 144)
        .Select(index => new DateTimeOffset(2026, 11, 20, 14, 50, 0, TimeSpan.Zero).AddMinutes(10 * index).AddDays(-daysAgo))
        .Where(at => at.Hour != 9)
        .Select((at, index) => new BucketView(at, 10, 1 + (index / 100.0), 1.2 + (index / 100.0), 1.1 + (index / 100.0), 1.15 + (index / 100.0)));
}
