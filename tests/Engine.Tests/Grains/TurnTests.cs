using Orleans.Runtime;
using SmartCity.Engine.Tests.Hosting;

namespace SmartCity.Engine.Tests.Grains;

/// <summary>Turns, reentrancy and calls as Orleans documents them.</summary>
[Collection(nameof(EngineApp))]
public sealed class TurnTests(EngineApp app)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Calls_WhenOneWaits_RunOneAfterAnother()
    {
        var grain = app.Grains.GetGrain<ITurnGrain>(_key);
        var slow = grain.Slow("a");
        await UntilLoggedAsync(grain, "a starts");
        var next = grain.Note("b");
        await grain.Open();
        await Task.WhenAll(slow, next).Soon();

        (await grain.Log()).ShouldBe(["a starts", "a ends", "b"]);
    }

    [Fact]
    public async Task Calls_WhenTheGrainIsReentrant_RunInBetween()
    {
        var grain = app.Grains.GetGrain<IReentrantTurnGrain>(_key);
        var slow = grain.Slow("a");
        await UntilLoggedAsync(grain, "a starts");
        await grain.Note("b").Soon();
        await grain.Open();
        await slow.Soon();

        (await grain.Log()).ShouldBe(["a starts", "b", "a ends"]);
    }

    [Fact]
    public async Task Calls_WhenTheyFormACircle_TimeOut()
    {
        var (a, b) = (app.Grains.GetGrain<ITurnGrain>(_key + "a"), app.Grains.GetGrain<ITurnGrain>(_key + "b"));

        await Should.ThrowAsync<TimeoutException>(() => a.Circle(b, a, depth: 3, allowed: false).Soon());
    }

    [Fact]
    public async Task Calls_WhenACircleIsAllowed_ComeBack()
    {
        var (a, b) = (app.Grains.GetGrain<ITurnGrain>(_key + "a"), app.Grains.GetGrain<ITurnGrain>(_key + "b"));

        (await a.Circle(b, a, depth: 3, allowed: true).Soon()).ShouldBe(3);
    }

    [Fact]
    public async Task Arguments_WhenChangedLater_AreTheGrainsOwn()
    {
        var grain = app.Grains.GetGrain<ITurnGrain>(_key);
        List<int> numbers = [1, 2];
        await grain.Keep(numbers).Soon();
        numbers.Add(100);

        (await grain.Kept().Soon()).ShouldBe(3);
    }

    [Fact]
    public async Task Exception_WhenThrownByAGrain_ReachesTheCallerWithItsType()
        => (await Should.ThrowAsync<RefusedException>(() => app.Grains.GetGrain<ITurnGrain>(_key).Fail().Soon())).Message.ShouldBe("3.42 m is not allowed");

    [Fact]
    public async Task RequestContext_WhenSet_TravelsWithTheCall()
    {
        RequestContext.Set("town", "162043");

        (await app.Grains.GetGrain<ITurnGrain>(_key).ReadContext().Soon()).ShouldBe("162043");
    }

    private static async Task UntilLoggedAsync(ITurnGrain grain, string line)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await grain.Log().Soon()).Contains(line))
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
