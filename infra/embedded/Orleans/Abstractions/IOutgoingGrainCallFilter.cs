using Orleans.Runtime;

namespace Orleans;

/// <summary>Runs around every call that leaves the caller; it must call <see cref="IGrainCallContext.Invoke"/> to go on.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Handles one call. Invoking the context again sends the call again.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}

/// <summary>A filter as a delegate.</summary>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);

/// <summary>A call that leaves its caller; <see cref="IGrainCallContext.Grain"/> is the reference that it goes to.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation; null outside of grains.</summary>
    IGrainContext? SourceContext { get; }
}
