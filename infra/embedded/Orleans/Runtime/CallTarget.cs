namespace SmartCity.Embedded.Grains;

/// <summary>Takes the requests of one grain id: an activation, or the workers of a stateless worker.</summary>
internal abstract class CallTarget
{
    /// <summary>Queues a request; false when this target has ended and the grain id must be looked up again.</summary>
    public abstract bool TryEnqueue(GrainRequest request);
}
