using Orleans;
using Orleans.Runtime;

namespace SmartCity.Orleans.Tests.Grains;

public interface IGuidGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public interface ILongGrain : IGrainWithIntegerKey
{
    ValueTask<long> Key();
}

public interface ICompoundGrain : IGrainWithIntegerCompoundKey
{
    Task<string> Key();
}

public interface INamedGrain : IGrainWithStringKey
{
    Task<GrainId> Id();
}

// Internal on purpose: a service need not publish its grains.
internal interface IHiddenGrain : IGrainWithStringKey
{
    Task<string> Key();
}

public class GuidGrain : Grain, IGuidGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public class LongGrain : Grain, ILongGrain
{
    public ValueTask<long> Key() => new(this.GetPrimaryKeyLong());
}

public class CompoundGrain : Grain, ICompoundGrain
{
    public Task<string> Key()
    {
        var key = this.GetPrimaryKeyLong(out var extension);
        return Task.FromResult($"{key} {extension}");
    }
}

[GrainType("special-name")]
public class NamedGrain : Grain, INamedGrain
{
    public Task<GrainId> Id() => Task.FromResult(this.GetGrainId());
}

internal sealed class HiddenGrain : Grain, IHiddenGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}
