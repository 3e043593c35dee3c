using SmartCity.Gateway.Forwarding;
using SmartCity.TestKit;

namespace SmartCity.Gateway.Tests.Forwarding;

public sealed class ReplicaTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Replica_WhenItFailsThreeTimes_IsLeftAloneAndThenTriedByOne()
    {
        var replica = new Replica("http://a/", _clock);
        replica.Failed().ShouldBeFalse();
        replica.Failed().ShouldBeFalse();
        replica.TryEnter().ShouldBeTrue();
        replica.Failed().ShouldBeTrue();

        replica.TryEnter().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        replica.TryEnter().ShouldBeTrue();
        replica.TryEnter().ShouldBeFalse();
    }

    [Fact]
    public void Replica_WhenTheTrialFails_RestsTwiceAsLong()
    {
        var replica = Opened();
        _clock.Advance(TimeSpan.FromSeconds(1));
        replica.TryEnter().ShouldBeTrue();
        replica.Failed().ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        replica.TryEnter().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        replica.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void Replica_WhenTheTrialSucceeds_IsTrustedAgain()
    {
        var replica = Opened();
        _clock.Advance(TimeSpan.FromSeconds(1));
        replica.TryEnter().ShouldBeTrue();
        replica.Succeeded();

        replica.IsOpen.ShouldBeFalse();
        replica.TryEnter().ShouldBeTrue();
        replica.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void Replica_WhenItFailsForLong_RestsAtMostHalfAMinute()
    {
        var replica = Opened();
        for (var trial = 0; trial < 40; trial++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            replica.TryEnter().ShouldBeTrue();
            replica.Failed();
        }
    }

    [Fact]
    public void Replica_WhenTheHealthCheckSaysSo_IsLeftAloneUntilItIsWell()
    {
        var replica = new Replica("http://a", _clock);
        replica.Checked(healthy: false);
        replica.TryEnter().ShouldBeFalse();
        replica.Checked(healthy: true);
        replica.TryEnter().ShouldBeTrue();
    }

    private Replica Opened()
    {
        var replica = new Replica("http://a", _clock);
        replica.Failed();
        replica.Failed();
        replica.Failed();
        return replica;
    }
}
