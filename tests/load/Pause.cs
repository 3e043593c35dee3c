namespace SmartCity.Load;

/// <summary>Lets time pass on the benchmark's own thread, so that the end of a wait never queues behind the load.</summary>
internal static class Pause
{
    /// <exception cref="OperationCanceledException">The benchmark was stopped meanwhile.</exception>
    public static void For(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(time);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
