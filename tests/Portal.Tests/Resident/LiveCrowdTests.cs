using Microsoft.Extensions.Options;
using SmartCity.Portal.Resident;

namespace SmartCity.Portal.Tests.Resident;

public sealed class LiveCrowdTests
{
    [Theory]
    [InlineData(0, 1500)]
    [InlineData(100, 1500)]
    [InlineData(2000, 4000)]
    [InlineData(10_000, 15_000)]
    public void Spread_ByPagesThatAsked_GrowsToTheLimit(int pages, int milliseconds)
    {
        var clock = new TestKit.FakeClock();
        var crowd = new LiveCrowd(Options.Create(new LiveOptions()), clock);
        for (var page = 0; page < pages; page++)
        {
            crowd.Count("162043");
        }

        crowd.SpreadMilliseconds("162043").ShouldBe(milliseconds);
        crowd.SpreadMilliseconds("163422").ShouldBe(1500);
        clock.Advance(TimeSpan.FromMinutes(1));
        crowd.SpreadMilliseconds("162043").ShouldBe(milliseconds, "the minute before counts too");
        clock.Advance(TimeSpan.FromMinutes(1));
        crowd.SpreadMilliseconds("162043").ShouldBe(1500);
    }
}
