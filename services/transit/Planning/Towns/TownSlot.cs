namespace SmartCity.Transit.Planning.Towns;

/// <summary>Where a town's newest timetable stands.</summary>
internal sealed class TownSlot
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TownPlanState? _state;
    private int _isDue;

    /// <summary>Null until the first is built.</summary>
    public TownPlanState? State => Volatile.Read(ref _state);

    /// <summary>Ends when the first is built.</summary>
    public Task First => _first.Task;

    /// <summary>Ends when the next is built.</summary>
    public Task Built => Volatile.Read(ref _built).Task;

    /// <summary>Takes it as no longer waiting for its turn.</summary>
    public void Begins() => Volatile.Write(ref _isDue, 0);

    /// <returns>False when it waits for its turn already.</returns>
    public bool BecomesDue() => Interlocked.Exchange(ref _isDue, 1) == 0;

    public void Serve(TownPlanState state)
    {
        Volatile.Write(ref _state, state);
        _first.TrySetResult();
        Interlocked.Exchange(ref _built, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
