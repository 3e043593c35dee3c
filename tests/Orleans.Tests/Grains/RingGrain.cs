using Orleans;
using Orleans.Runtime;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface IRingGrain : IGrainWithStringKey
{
    Task<string> CallThrough(string other, bool allow);

    Task<string> CallBack(IRingGrain caller);

    Task<string> Answer(string who);
}

public class RingGrain(Probe probe) : Grain, IRingGrain
{
    public async Task<string> CallThrough(string other, bool allow)
    {
        using var section = allow ? RequestContext.AllowCallChainReentrancy() : default;
        return await GrainFactory.GetGrain<IRingGrain>(other).CallBack(this.AsReference<IRingGrain>());
    }

    public Task<string> CallBack(IRingGrain caller)
    {
        var key = this.GetPrimaryKeyString();
        var call = caller.Answer(key);
        probe.Signal($"{key} calls back");
        return call;
    }

    public Task<string> Answer(string who) => Task.FromResult($"{this.GetPrimaryKeyString()} answered {who}");
}
