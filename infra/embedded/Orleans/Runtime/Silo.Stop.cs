using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The end of the host.</summary>
internal sealed partial class Silo
{
    private static readonly DeactivationReason StopReason = new(DeactivationReasonCode.ShuttingDown, "The host is stopping.");

    /// <summary>
    /// Deactivates everything. Requests that run may end; callers still waiting when
    /// <paramref name="cancellationToken"/> is cancelled get <see cref="SiloUnavailableException"/>.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        try
        {
            // Again while there are any: a call may have been on its way to a new one.
            while (Activations().ToArray() is { Length: > 0 } activations)
            {
                foreach (var activation in activations)
                {
                    activation.Deactivate(StopReason, cancellationToken);
                }

                await Task.WhenAll(activations.Select(static activation => activation.Deactivated)).WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Log.StoppedWithActivations(Activations().Count());
        }

        var waiting = new List<GrainRequest>();
        foreach (var activation in Activations())
        {
            activation.CollectExpired(long.MaxValue, waiting);
        }

        foreach (var request in waiting)
        {
            request.FailAbandoned(new SiloUnavailableException(
                $"The local Orleans host is shutting down and can no longer process the request: {request.Describe()}."));
        }

        Dispose();
    }
}
