using Orleans;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using SmartCity.Orleans.Tests.Hosting;

namespace SmartCity.Orleans.Tests.Grains;

public interface IReaderGrain : IGrainWithStringKey
{
    [ReadOnly]
    Task Read(string name);

    Task Write(string name);

    [AlwaysInterleave]
    Task<string[]> Look();
}

public class ReaderGrain(Probe probe) : Grain, IReaderGrain
{
    public Task Read(string name) => StepAsync(name);

    public Task Write(string name) => StepAsync(name);

    public Task<string[]> Look() => Task.FromResult(probe.Log);

    private async Task StepAsync(string name)
    {
        probe.Add(name + " begins");
        await probe.PassAsync(name);
        probe.Add(name + " ends");
    }
}

public interface IRuledGrain : IReaderGrain;

[MayInterleave(nameof(MayInterleave))]
public class RuledGrain(Probe probe) : ReaderGrain(probe), IRuledGrain
{
    public static bool MayInterleave(IInvokable request) => request.GetArgumentCount() == 1 && (string?)request.GetArgument(0) switch
    {
        "urgent" => true,
        "broken" => throw new InvalidOperationException("a rule that fails"),
        _ => false,
    };
}

public interface IMisruledGrain : IGrainWithStringKey
{
    Task Hello();
}

[MayInterleave("Nothing")]
public class MisruledGrain : Grain, IMisruledGrain
{
    public Task Hello() => Task.CompletedTask;
}
