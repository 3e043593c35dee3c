using Dapr.Client;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Engine.Tests.Hosting;

namespace SmartCity.Engine.Tests.Dapr;

/// <summary>State with ETags as Dapr documents it.</summary>
[Collection(nameof(EngineApp))]
public sealed class StateTests(EngineApp app)
{
    private const string Store = "statestore";

    private readonly string _key = Guid.NewGuid().ToString("N");

    private DaprClient Client => app.Services.GetRequiredService<DaprClient>();

    [Fact]
    public async Task Get_WhenNothingWasSaved_IsTheDefault()
        => (await Client.GetStateAsync<Numbered?>(Store, _key).Soon()).ShouldBeNull();

    [Fact]
    public async Task Save_WhenTheETagIsStale_IsRefused()
    {
        await Client.SaveStateAsync(Store, _key, new Numbered("a", 1)).Soon();
        var (_, stale) = await Client.GetStateAndETagAsync<Numbered>(Store, _key).Soon();
        (await Client.TrySaveStateAsync(Store, _key, new Numbered("b", 2), stale).Soon()).ShouldBeTrue();

        (await Client.TrySaveStateAsync(Store, _key, new Numbered("c", 3), stale).Soon()).ShouldBeFalse();

        (await Client.GetStateAsync<Numbered>(Store, _key).Soon()).ShouldBe(new Numbered("b", 2));
    }

    [Fact]
    public async Task Delete_WhenTheETagIsStale_IsRefused()
    {
        await Client.SaveStateAsync(Store, _key, 1).Soon();
        var (_, stale) = await Client.GetStateAndETagAsync<int>(Store, _key).Soon();
        await Client.SaveStateAsync(Store, _key, 2).Soon();

        (await Client.TryDeleteStateAsync(Store, _key, stale).Soon()).ShouldBeFalse();
        await Client.DeleteStateAsync(Store, _key).Soon();

        (await Client.GetStateAsync<int>(Store, _key).Soon()).ShouldBe(0);
    }

    [Fact]
    public async Task Transaction_WhenExecuted_ChangesEverythingAtOnce()
    {
        await Client.SaveStateAsync(Store, _key + "old", 1).Soon();

        await Client.ExecuteStateTransactionAsync(Store,
        [
            new StateTransactionRequest(_key + "new", "2"u8.ToArray(), StateOperationType.Upsert),
            new StateTransactionRequest(_key + "old", null, StateOperationType.Delete),
        ]).Soon();

        (await Client.GetStateAsync<int>(Store, _key + "new").Soon()).ShouldBe(2);
        (await Client.GetStateAsync<int?>(Store, _key + "old").Soon()).ShouldBeNull();
    }

    [Fact]
    public async Task Get_WhenSeveralKeysAreAsked_AnswersEach()
    {
        await Client.SaveBulkStateAsync(Store, [new SaveStateItem<int>(_key + "a", 1, null!), new SaveStateItem<int>(_key + "b", 2, null!)]).Soon();

        var items = await Client.GetBulkStateAsync(Store, [_key + "a", _key + "b", _key + "none"], parallelism: null).Soon();

        items.ToDictionary(item => item.Key[_key.Length..], item => item.Value).ShouldBe(
            new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["none"] = "" }, ignoreOrder: true);
    }
}
