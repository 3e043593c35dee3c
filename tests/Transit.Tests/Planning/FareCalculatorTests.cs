using SmartCity.Transit.Planning.Fares;

namespace SmartCity.Transit.Tests.Planning;

public sealed class FareCalculatorTests
{
    private static readonly FareRide First = new("1", ["a", "b"], 0);
    private static readonly FareRide Second = new("2", ["b", "c"], 1_800);

    [Fact]
    public void Cheapest_WhenAFareHasNoRules_IsPaidForEachRideWithoutTransfers()
    {
        var fares = new FareCalculator([new FareAttribute("flat", 200, "JPY", Transfers: 0)], []);

        fares.Cheapest([First]).ShouldBe((200, "JPY"));
        fares.Cheapest([First, Second]).ShouldBe((400, "JPY"));
    }

    [Fact]
    public void Cheapest_WhenAFareAllowsATransferInTime_IsPaidOnce()
    {
        var inTime = new FareCalculator([new FareAttribute("hour", 300, "JPY", Transfers: 1, TransferSeconds: 3_600)], []);
        var tooLate = new FareCalculator([new FareAttribute("minutes", 300, "JPY", Transfers: 1, TransferSeconds: 600)], []);

        inTime.Cheapest([First, Second]).ShouldBe((300, "JPY"));
        tooLate.Cheapest([First, Second]).ShouldBe((600, "JPY"));
    }

    [Fact]
    public void Cheapest_WhenRulesNameRouteAndZones_TakesTheFareOfTheRide()
    {
        var fares = new FareCalculator(
            [new FareAttribute("near", 150, "JPY", 0), new FareAttribute("far", 260, "JPY", 0)],
            [new FareRule("near", "1", "a", "b"), new FareRule("far", "2", "b", "c")]);

        fares.Cheapest([First]).ShouldBe((150, "JPY"));
        fares.Cheapest([First, Second]).ShouldBe((410, "JPY"));
        fares.Cheapest([First with { RouteId = "3" }]).ShouldBeNull();
    }

    [Fact]
    public void Cheapest_WhenAFareContainsZones_AsksForExactlyThose()
    {
        var fares = new FareCalculator(
            [new FareAttribute("two", 220, "JPY", 0)],
            [new FareRule("two", ContainsZone: "a"), new FareRule("two", ContainsZone: "b")]);

        fares.Cheapest([First]).ShouldBe((220, "JPY"));
        fares.Cheapest([Second]).ShouldBeNull();
    }
}
