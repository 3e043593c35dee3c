using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace SmartCity.Embedded.Grains;

/// <summary>What the runtime knows of one method of a grain interface.</summary>
internal sealed class GrainMethod(MethodInfo method, Type grainInterface)
{
    /// <summary>The method of the interface.</summary>
    public MethodInfo Method { get; } = method;

    /// <summary>The interface by which it is called.</summary>
    public Type Interface { get; } = grainInterface;

    public string Name { get; } = $"{grainInterface.Name}.{method.Name}";

    public bool AlwaysInterleave { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: false);

    public bool ReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute), inherit: false);

    public bool OneWay { get; } = method.IsDefined(typeof(OneWayAttribute), inherit: false);

    /// <summary>How long a caller waits, when the method says so itself.</summary>
    public TimeSpan? Timeout { get; } = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;

    /// <summary>Whether the grain promises not to change what it returned.</summary>
    public bool ImmutableResult { get; } = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), inherit: false);
}
