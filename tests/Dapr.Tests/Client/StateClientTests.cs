using System.Text;
using Dapr;
using Dapr.Client;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Client;

public sealed class StateClientTests
{
    private const string Store = "statestore";

    [Fact]
    public async Task State_WhenKeyIsMissing_IsDefaultWithEmptyETag()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");

        (await client.GetStateAsync<Reading?>(Store, "k").Soon()).ShouldBeNull();
        (await client.GetStateAndETagAsync<int>(Store, "k").Soon()).ShouldBe((0, ""));
        (await client.GetByteStateAsync(Store, "k").Soon()).IsEmpty.ShouldBeTrue();
        await client.DeleteStateAsync(Store, "k").Soon();
        var bulk = await client.GetBulkStateAsync(Store, ["k"], parallelism: 1).Soon();
        bulk.Select(i => (i.Key, i.Value, i.ETag)).ShouldBe([("k", "", "")]);
    }

    [Fact]
    public async Task State_WhenSavedAndTried_FollowsETags()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");
        await client.SaveStateAsync(Store, "a/b?c#d 川", new Reading("片貝川", 3.42), new StateOptions { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong }).Soon();

        var (value, etag) = await client.GetStateAndETagAsync<Reading>(Store, "a/b?c#d 川", ConsistencyMode.Strong).Soon();
        value.ShouldBe(new Reading("片貝川", 3.42));
        (await client.TrySaveStateAsync(Store, "a/b?c#d 川", value with { Level = 4 }, etag).Soon()).ShouldBeTrue();
        (await client.TrySaveStateAsync(Store, "a/b?c#d 川", value, etag).Soon()).ShouldBeFalse();
        (await client.TryDeleteStateAsync(Store, "a/b?c#d 川", etag).Soon()).ShouldBeFalse();
        var entry = await client.GetStateEntryAsync<Reading>(Store, "a/b?c#d 川").Soon();
        entry.Value.Level.ShouldBe(4);
        (await entry.TryDeleteAsync().Soon()).ShouldBeTrue();
        await Should.ThrowAsync<DaprException>(() => client.SaveStateAsync("nowhere", "k", 1).Soon());
        await client.SaveStateAsync(Store, "text", "no number").Soon();
        await Should.ThrowAsync<DaprException>(() => client.GetStateAsync<int>(Store, "text").Soon());
    }

    [Fact]
    public async Task ByteState_WhenBytesAreNoJson_AreKeptAsTheyAre()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");
        byte[] bytes = [0, 255, 10, 13, 32];

        await client.SaveByteStateAsync(Store, "k", bytes).Soon();

        var (read, etag) = await client.GetByteStateAndETagAsync(Store, "k").Soon();
        read.ToArray().ShouldBe(bytes);
        (await client.TrySaveByteStateAsync(Store, "k", bytes, etag).Soon()).ShouldBeTrue();
        (await client.TrySaveByteStateAsync(Store, "k", bytes, etag).Soon()).ShouldBeFalse();
        (await client.GetBulkStateAsync(Store, ["k"], null).Soon())[0].Value.ShouldBe(Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task BulkAndTransaction_WhenAllAreGood_AreMade()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("app");
        await client.SaveBulkStateAsync<int>(Store, [new SaveStateItem<int>("a", 1, etag: null!), new SaveStateItem<int>("b", 2, etag: null!)]).Soon();

        await client.ExecuteStateTransactionAsync(Store,
        [
            new StateTransactionRequest("a", "3"u8.ToArray(), StateOperationType.Upsert),
            new StateTransactionRequest("b", null, StateOperationType.Delete),
            new StateTransactionRequest("c", "5"u8.ToArray(), StateOperationType.Upsert),
        ]).Soon();
        (await client.GetBulkStateAsync<int?>(Store, ["a", "b", "c"], null).Soon()).Select(i => i.Value).ShouldBe([3, null, 5]);

        await Should.ThrowAsync<DaprException>(() => client.DeleteBulkStateAsync(Store, [new BulkDeleteStateItem("a", "99"), new BulkDeleteStateItem("c", etag: null!)]).Soon());
        (await client.GetBulkStateAsync<int?>(Store, ["a", "c"], null).Soon()).Select(i => i.Value).ShouldBe([3, null]);
        await Should.ThrowAsync<DaprException>(() => client.ExecuteStateTransactionAsync(Store, [new StateTransactionRequest("a", "1"u8.ToArray(), StateOperationType.Upsert, "99")]).Soon());
        await Should.ThrowAsync<ArgumentException>(() => client.GetBulkStateAsync(Store, [], null).Soon());
    }

    private sealed record Reading(string Station, double Level);
}
