using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class IdentityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(162043)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task GetPrimaryKeyLong_WhenKeyIsInteger_IsTheKey(long key)
    {
        await using var host = await GrainHost.StartAsync();
        (await host.Grains.GetGrain<ILongGrain>(key).Key()).ShouldBe(key);
    }

    [Fact]
    public async Task GetPrimaryKey_WhenKeyIsGuid_IsTheKey()
    {
        await using var host = await GrainHost.StartAsync();
        var key = Guid.NewGuid();
        (await host.Grains.GetGrain<IGuidGrain>(key).Key()).ShouldBe(key);
    }

    [Fact]
    public async Task GetPrimaryKeyLong_WhenKeyIsCompound_HasBothParts()
    {
        await using var host = await GrainHost.StartAsync();
        (await host.Grains.GetGrain<ICompoundGrain>(7, "left+bank").Key()).ShouldBe("7 left+bank");
    }

    [Fact]
    public async Task GetGrain_WhenInterfaceIsInternal_Works()
    {
        await using var host = await GrainHost.StartAsync();
        (await host.Grains.GetGrain<IHiddenGrain>("片貝川").Key()).ShouldBe("片貝川");
    }

    [Fact]
    public async Task GrainId_WhenClassNamesItsType_HasThatTypeAndSurvivesText()
    {
        await using var host = await GrainHost.StartAsync();
        var id = await host.Grains.GetGrain<INamedGrain>("a/b").Id();

        id.ToString().ShouldBe("special-name/a/b");
        GrainId.Parse(id.ToString(), null).ShouldBe(id);
        JsonSerializer.Deserialize<GrainId>(JsonSerializer.Serialize(id)).ShouldBe(id);
        (await host.Grains.GetGrain<INamedGrain>(id).Id()).ShouldBe(id);
    }

    [Fact]
    public async Task GrainReference_WhenMadeTwice_IsEqual()
    {
        await using var host = await GrainHost.StartAsync();
        var one = host.Grains.GetGrain<IStepGrain>("a");
        var two = host.Grains.GetGrain<IStepGrain>("a");

        one.ShouldNotBeSameAs(two);
        one.Equals(two).ShouldBeTrue();
        one.GetHashCode().ShouldBe(two.GetHashCode());
        one.GetGrainId().ToString().ShouldBe("step/a");
    }
}
