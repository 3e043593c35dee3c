using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The activations of one stateless worker id: a request goes to an idle one, a new one, or the least loaded.</summary>
internal sealed class StatelessWorkers(Silo silo, GrainId grainId, GrainClass grainClass) : CallTarget
{
    private readonly List<Activation> _workers = [];

    public override bool TryEnqueue(GrainRequest request)
    {
        lock (_workers)
        {
            return Choose().TryEnqueue(request);
        }
    }

    public Activation[] Snapshot()
    {
        lock (_workers)
        {
            return [.. _workers];
        }
    }

    public void Remove(Activation worker)
    {
        lock (_workers)
        {
            _workers.Remove(worker);
        }
    }

    private Activation Choose()
    {
        Activation? least = null;
        foreach (var worker in _workers)
        {
            if (least is null || worker.Load < least.Load)
            {
                least = worker;
            }
        }

        if (least is null || (least.Load > 0 && _workers.Count < grainClass.MaxWorkers))
        {
            silo.ThrowIfStopping();
            least = new Activation(silo, grainId, grainClass, this);
            _workers.Add(least);
        }

        return least;
    }
}
