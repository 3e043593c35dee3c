using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// One activation of a grain: its queue of requests, its turns, and its life. Turns run on the thread pool, one at a
/// time. This part holds identity and components; the others hold queue, turns and life.
/// </summary>
internal sealed partial class Activation : CallTarget, IGrainContext, IThreadPoolWorkItem
{
    private readonly ActivationScheduler _scheduler;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _scope;
    private Dictionary<Type, object>? _components;
    private GrainReference? _reference;

    public Activation(Silo silo, GrainId grainId, GrainClass grainClass, StatelessWorkers? owner)
    {
        Silo = silo;
        GrainId = grainId;
        Class = grainClass;
        Owner = owner;
        _scheduler = new ActivationScheduler(this);
        _lastUsed = silo.CoarseNow;
    }

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public StatelessWorkers? Owner { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public GrainReference GrainReference => _reference ??= new GrainReference(Silo, GrainId, typeof(IAddressable));

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => (_scope ??= Silo.Services.CreateAsyncScope()).ServiceProvider;

    public IWorkItemScheduler Scheduler => _scheduler;

    public Task Deactivated => _deactivated.Task;

    public TComponent? GetComponent<TComponent>()
        where TComponent : class
    {
        lock (_gate)
        {
            return _components is not null && _components.TryGetValue(typeof(TComponent), out var found)
                ? (TComponent)found
                : GrainInstance as TComponent;
        }
    }

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        lock (_gate)
        {
            _components ??= [];
            if (value is null)
            {
                _components.Remove(typeof(TComponent));
            }
            else
            {
                _components[typeof(TComponent)] = value;
            }
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"[{GrainId}{ActivationId}]";
}
