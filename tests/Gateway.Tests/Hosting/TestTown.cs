using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Gateway.Tests.Hosting;

/// <summary>Towns of the tests; codes and names are real, what they run is not.</summary>
internal static class TestTown
{
    public const string Uozu = "162043";
    public const string Nyuzen = "163422";

    public static Town Of(params IReadOnlyList<ThirdPartyService> services) => In(Uozu, services);

    public static Town In(string code, params IReadOnlyList<ThirdPartyService> services) => new()
    {
        Code = code,
        Name = new LocalizedText("町", "Town"),
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [new TownService(AppIds.Alerts), new TownService(AppIds.Telemetry)],
        ThirdPartyServices = services,
    };

    /// <summary>A service on this machine, as an operator agreed to.</summary>
    public static ThirdPartyService Lamps(params string[] baseUrls) => new()
    {
        Name = "lamps",
        Title = new LocalizedText("街路灯", "Street lamps"),
        BaseUrls = baseUrls,
        PrivateTargetsApproved = true,
    };
}
