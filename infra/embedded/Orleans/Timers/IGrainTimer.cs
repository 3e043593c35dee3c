using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of one activation; it ends with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Restarts the timer. During a callback the change takes effect when the callback ends.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a timer of a grain behaves.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>Sets the times.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time until the first callback; <see cref="Timeout.InfiniteTimeSpan"/> means not yet.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a callback to the next; <see cref="Timeout.InfiniteTimeSpan"/> means once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may run between the awaits of running requests.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether callbacks keep the activation from being collected.</summary>
    public bool KeepAlive { get; init; }
}
