using SmartCity.Portal.Resident;

namespace SmartCity.Portal.Tests.Resident;

public sealed class NextFlightTests
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayLand = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NextFlight<string, int> _flights = new(TimeSpan.Zero, TimeProvider.System);
    private int _made;

    [Fact]
    public async Task Get_When1000AskWhileOneIsBeingMade_MakesTwo()
    {
        var first = _flights.GetAsync("uozu", HeldAsync);
        await _began.Task;
        var others = Enumerable.Range(0, 999).AsParallel().Select(_ => _flights.GetAsync("uozu", HeldAsync)).ToList();
        _mayLand.SetResult();

        (await first).ShouldBe(1);
        (await Task.WhenAll(others)).ShouldAllBe(number => number == 2);
        _made.ShouldBe(2);
    }

    [Fact]
    public async Task Get_WhenAskedWhileOneIsBeingMade_GetsNothingFromBeforeItAsked()
    {
        var state = "before";
        var flights = new NextFlight<string, string>(TimeSpan.Zero, TimeProvider.System);
        async Task<string> LookAsync()
        {
            var seen = Volatile.Read(ref state);
            _began.TrySetResult();
            await _mayLand.Task;
            return seen;
        }

        var early = flights.GetAsync("uozu", LookAsync);
        await _began.Task;
        Volatile.Write(ref state, "after");
        var late = flights.GetAsync("uozu", LookAsync);
        _mayLand.SetResult();

        (await early).ShouldBe("before");
        (await late).ShouldBe("after");
    }

    [Fact]
    public async Task Get_WhenMakingFails_FailsForThoseWhoWaitedForItAlone()
    {
        var first = _flights.GetAsync("uozu", HeldAsync);
        await _began.Task;
        var failing = Enumerable.Range(0, 3).Select(_ => _flights.GetAsync("uozu", () => throw new InvalidOperationException("broken"))).ToList();
        _mayLand.SetResult();

        (await first).ShouldBe(1);
        foreach (var flight in failing)
        {
            (await Should.ThrowAsync<InvalidOperationException>(flight)).Message.ShouldBe("broken");
        }

        (await _flights.GetAsync("uozu", HeldAsync)).ShouldBe(2);
    }

    [Fact]
    public async Task Get_OfAnotherKey_WaitsForNobodyAndGetsItsOwn()
    {
        var held = _flights.GetAsync("uozu", HeldAsync);
        await _began.Task;

        (await _flights.GetAsync("nyuzen", () => Task.FromResult(42))).ShouldBe(42);
        held.IsCompleted.ShouldBeFalse();
        _mayLand.SetResult();
        (await held).ShouldBe(1);
    }

    [Fact]
    public async Task Get_WithinThePause_WaitsForItsEnd()
    {
        var clock = new TestKit.FakeClock();
        var flights = new NextFlight<string, int>(TimeSpan.FromMilliseconds(200), clock);
        _mayLand.SetResult();

        (await flights.GetAsync("uozu", HeldAsync)).ShouldBe(1);
        var soon = flights.GetAsync("uozu", HeldAsync);
        clock.Advance(TimeSpan.FromMilliseconds(199));
        soon.IsCompleted.ShouldBeFalse();
        _made.ShouldBe(1);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        (await soon).ShouldBe(2);
    }

    private async Task<int> HeldAsync()
    {
        var number = Interlocked.Increment(ref _made);
        _began.TrySetResult();
        await _mayLand.Task;
        return number;
    }
}
