using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Reports;

public sealed class DeliveryTimesTests
{
    [Fact]
    public void Of_WhenNothingArrived_KnowsNothing() => DeliveryTimes.Of([]).ShouldBeNull();

    [Fact]
    public void Of_WhenOneArrived_IsThatOne() => DeliveryTimes.Of([42]).ShouldBe(new DeliveryTimes(42, 42, 42, 42));

    [Fact]
    public void Of_WhenAHundredArrivedInAnyOrder_TakesTheNearestRank()
        => DeliveryTimes.Of(Enumerable.Range(1, 100).Reverse().Select(number => (double)number)).ShouldBe(new DeliveryTimes(1, 50, 99, 100));

    [Fact]
    public void Of_WhenThreeArrived_GivesTimesThatWereMeasured() => DeliveryTimes.Of([30, 10, 20]).ShouldBe(new DeliveryTimes(10, 20, 30, 30));
}
