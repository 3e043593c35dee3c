using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>The grains of one host: which are active, where a call goes, and how long things may take.</summary>
internal sealed partial class Silo : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, CallTarget> _directory = new();
    private readonly Lazy<IIncomingGrainCallFilter[]> _filters;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _outgoingFilters;
    private readonly GrainCatalog _catalog = new();
    private volatile bool _stopping;

    public Silo(
        IServiceProvider services,
        TimeProvider time,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> silo,
        IOptions<ClientMessagingOptions> client,
        ILogger<Silo> logger)
    {
        Services = services;
        Time = time;
        Collection = collection.Value;
        Log = new Log(logger);
        QueueLimit = silo.Value.MaxEnqueuedRequestsHardLimit;
        DropsExpired = silo.Value.DropExpiredMessages;
        WaitsForCancellation = silo.Value.WaitForCancellationAcknowledgement;
        LongestRequest = Ticks(silo.Value.MaxRequestProcessingTime);
        HasOutgoingFilters = services.GetService<IServiceProviderIsService>()?.IsService(typeof(IOutgoingGrainCallFilter)) ?? true;
        _grainTimeout = silo.Value.ResponseTimeout;
        _clientTimeout = client.Value.ResponseTimeout;

        // Filters may ask for the grain factory, which asks for this.
        _filters = new(() => [.. services.GetServices<IIncomingGrainCallFilter>()]);
        _outgoingFilters = new(() => [.. services.GetServices<IOutgoingGrainCallFilter>()]);
        StartClock();
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public GrainCollectionOptions Collection { get; }

    public Log Log { get; }

    public int QueueLimit { get; }

    public bool DropsExpired { get; }

    public bool WaitsForCancellation { get; }

    public IIncomingGrainCallFilter[] Filters => _filters.Value;

    public IOutgoingGrainCallFilter[] OutgoingFilters => _outgoingFilters.Value;

    public bool IsStopping => _stopping;

    /// <summary>Whether calls must take the way through filters; asked by every call, so it costs no look-up.</summary>
    public bool HasOutgoingFilters { get; }

    /// <summary>Timestamp units that a request may run before its activation counts as stuck.</summary>
    public long LongestRequest { get; }

    public GrainReference CreateReference(Type interfaceType, IdSpan key, string? classNamePrefix)
    {
        var grainClass = _catalog.Find(interfaceType, classNamePrefix);
        return ProxyFactory.Create(this, new GrainId(grainClass.GrainType, key), interfaceType);
    }

    public GrainReference CreateReference(GrainId grainId, Type interfaceType)
    {
        if (interfaceType.IsInterface && interfaceType != typeof(IAddressable))
        {
            return ProxyFactory.Create(this, grainId, interfaceType);
        }

        return new GrainReference(this, grainId, interfaceType);
    }

    /// <summary>Queues a request at its grain, which is looked up when the remembered target has ended.</summary>
    public void Send(ref CallTarget? target, GrainId grainId, GrainRequest request)
    {
        try
        {
            while (true)
            {
                target ??= Resolve(grainId);
                if (target.TryEnqueue(request))
                {
                    return;
                }

                target = null;
            }
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }

    /// <summary>Gives a request of an activation that ended to the next one.</summary>
    public void Resend(GrainId grainId, GrainRequest request)
    {
        if (!request.IsAbandoned)
        {
            CallTarget? target = null;
            Send(ref target, grainId, request);
        }
    }

    public void Remove(Activation activation)
    {
        if (activation.Owner is { } workers)
        {
            workers.Remove(activation);
        }
        else
        {
            _directory.TryRemove(new(activation.GrainId, activation));
        }
    }

    public void ThrowIfStopping()
    {
        if (_stopping)
        {
            throw new SiloUnavailableException("The local Orleans host is shutting down and activates no more grains.");
        }
    }

    private CallTarget Resolve(GrainId grainId)
    {
        if (_directory.TryGetValue(grainId, out var found))
        {
            return found;
        }

        ThrowIfStopping();
        if (grainId.Type == ObserverId.Type)
        {
            throw new ClientNotAvailableException(grainId);
        }

        var grainClass = _catalog.Find(grainId.Type);
        CallTarget made = grainClass.MaxWorkers > 0
            ? new StatelessWorkers(this, grainId, grainClass)
            : new Activation(this, grainId, grainClass, null);
        var target = _directory.GetOrAdd(grainId, made);
        if (_stopping && target is Activation late)
        {
            late.Deactivate(StopReason);
        }

        return target;
    }

    private IEnumerable<Activation> Activations()
    {
        foreach (var (_, target) in _directory)
        {
            if (target is Activation activation)
            {
                yield return activation;
            }
            else
            {
                foreach (var worker in ((StatelessWorkers)target).Snapshot())
                {
                    yield return worker;
                }
            }
        }
    }
}
