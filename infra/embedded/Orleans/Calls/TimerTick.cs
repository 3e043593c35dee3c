using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The request by which a timer calls its grain back; each timer uses one again and again.</summary>
internal sealed class TimerTick : VoidRequest
{
    private static readonly GrainMethod TickMethod = new(typeof(TimerTick).GetMethod(nameof(Start))!, typeof(IGrainTimer));

    private readonly Activation _owner;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly Action _finished;
    private readonly CancellationToken _stopped;

    public TimerTick(
        Activation owner, Func<CancellationToken, Task> callback, bool interleave, bool keepAlive, Action finished, CancellationToken stopped)
    {
        _owner = owner;
        _callback = callback;
        _finished = finished;
        _stopped = stopped;
        AlwaysInterleave = interleave;
        KeepsAlive = keepAlive;
        IsTimer = true;
        Deadline = long.MaxValue;
    }

    public override GrainMethod Method => TickMethod;

    public override string Describe() => $"timer of {_owner.GrainId}";

    public void Reset() => Reopen();

    // A timer may be disposed while its tick waits for its turn.
    protected override ValueTask Invoke(object instance) => _stopped.IsCancellationRequested ? default : new ValueTask(_callback(_stopped));

    protected override void TickFinished() => _finished();

    protected override void ReturnToPool()
    {
    }
}
