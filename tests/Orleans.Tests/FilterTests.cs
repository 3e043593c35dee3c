using Orleans.Hosting;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Grains;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task OutgoingFilter_WhenAdded_SeesCallsOfClientsAndGrains()
    {
        var seen = new List<string>();
        await using var host = await GrainHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            RequestContext.Set("town", "162043");
            await context.Invoke();
            seen.Add($"{context.SourceContext?.GrainId.ToString() ?? "client"} {context.MethodName}({context.Request.GetArgument(0)}) {context.TargetId} {context.Result}");
        }));

        (await host.Grains.GetGrain<IErrorGrain>("a").ReadContextThroughAnother("town")).ShouldBe("162043");

        seen.ShouldBe(["error/a ReadContext(town) error/another 162043", "client ReadContextThroughAnother(town) error/a 162043"]);
    }

    [Fact]
    public async Task OutgoingFilter_WhenItChangesArgumentAndResult_BothSidesSeeIt()
    {
        await using var host = await GrainHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            if (context.MethodName == "Add")
            {
                context.Request.SetArgument(0, (int)context.Request.GetArgument(0)! + 1);
            }

            await context.Invoke();
            context.Result = context.Result is int number ? number * 10 : context.Result;
        }));
        var grain = host.Grains.GetGrain<ICounterGrain>("a");

        (await grain.Add(4)).ShouldBe(50);
        await grain.Leave();
        (await grain.Total()).ShouldBe(50);
    }

    [Fact]
    public async Task OutgoingFilter_WhenItInvokesAgain_SendsAgain()
    {
        var tries = 0;
        await using var host = await GrainHost.StartAsync(silo =>
        {
            silo.AddOutgoingGrainCallFilter(async context =>
            {
                try
                {
                    await context.Invoke();
                }
                catch (InvalidDataException)
                {
                    await context.Invoke();
                }
            });
            silo.AddOutgoingGrainCallFilter(context =>
            {
                tries++;
                return context.Invoke();
            });
        });

        (await host.Grains.GetGrain<IFragileGrain>("a").Hello()).ShouldBe("hello");
        tries.ShouldBe(2);
    }

    [Fact]
    public async Task OutgoingFilter_WhenItThrows_CallerGetsThatAndNothingIsSent()
    {
        await using var host = await GrainHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(
            static _ => throw new UnauthorizedAccessException("not for you")));

        await Should.ThrowAsync<UnauthorizedAccessException>(host.Grains.GetGrain<ILifeGrain>("a").Count());
        await Should.ThrowAsync<UnauthorizedAccessException>(async () => await host.Grains.GetGrain<ILongGrain>(1).Key());
        host.Probe.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task OutgoingFilter_WhenTheCallIsOneWay_PassesItOn()
    {
        await using var host = await GrainHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(static context => context.Invoke()));
        await host.Grains.GetGrain<IStepGrain>("a").Tell("one-way");

        await host.Probe.ReachedAsync("one-way");
    }
}
