using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? t_current;

    public static Activation? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>The current activation; throws where code has left the turns of its grain.</summary>
    public static Activation Require() => t_current
        ?? throw new InvalidOperationException("Activation access violation. A non-activation thread attempted to access activation services.");
}

/// <summary>Gives the current activation to services.</summary>
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext? GrainContext => RuntimeContext.Current;
}
