using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace SmartCity.Embedded.Grains;

/// <summary>What the runtime knows of one grain class.</summary>
internal sealed class GrainClass
{
    private static readonly MethodInfo BindMethod = typeof(GrainClass).GetMethod(nameof(BindState), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly Lazy<Func<Activation, object>> _factory;
    private readonly CollectionAgeLimitAttribute? _ageLimit;
    private readonly bool _keepAlive;

    public GrainClass(Type type, GrainType grainType)
    {
        Type = type;
        GrainType = grainType;
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        _ageLimit = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        _keepAlive = type.IsDefined(typeof(KeepAliveAttribute), inherit: true);
        IsFilter = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);

        // A class that cannot be constructed fails its own calls, not the catalog that all grains share.
        _factory = new(() =>
        {
            MayInterleave = InterleaveRule.Of(type);
            return BuildFactory(type);
        });
    }

    /// <summary>The class of one local object that takes calls.</summary>
    public GrainClass(IGrainObserver observer)
    {
        Type = observer.GetType();
        GrainType = ObserverId.Type;
        IsObserver = true;
        _keepAlive = true;
        _factory = new(() => _ => observer);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    /// <summary>The greatest number of activations of one id; 0 when the class is not a stateless worker.</summary>
    public int MaxWorkers { get; }

    /// <summary>Whether the instance is a local object and no grain.</summary>
    public bool IsObserver { get; }

    /// <summary>Says of an instance and a request whether it may interleave; null without such a rule, or before the first instance.</summary>
    public Func<object, IInvokable, bool>? MayInterleave { get; private set; }

    /// <summary>Whether instances filter their own calls.</summary>
    public bool IsFilter { get; }

    /// <summary>How long an activation may be idle; null when it stays for ever.</summary>
    public TimeSpan? AgeLimit(GrainCollectionOptions options)
    {
        if (_keepAlive || _ageLimit is { AlwaysActive: true })
        {
            return null;
        }

        return options.ClassSpecificCollectionAge.TryGetValue(Type.FullName ?? Type.Name, out var configured)
            ? configured
            : _ageLimit?.AgeLimit ?? options.CollectionAge;
    }

    public object Create(Activation activation) => _factory.Value(activation);

    private static Func<Activation, object> BuildFactory(Type type)
    {
        var parameters = StateParameters(type).ToArray();
        var states = Array.ConvertAll(parameters, StateFactoryOf);
        var create = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(parameters, static parameter => parameter.ParameterType));
        return activation => create(activation.ActivationServices, Array.ConvertAll(states, state => state(activation)));
    }

    private static IEnumerable<ParameterInfo> StateParameters(Type type)
    {
        var constructors = type.GetConstructors();
        var constructor = Array.Find(constructors, static c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute), inherit: false))
            ?? constructors.MaxBy(static c => c.GetParameters().Length);
        return constructor?.GetParameters().Where(static p => p.IsDefined(typeof(PersistentStateAttribute), inherit: false)) ?? [];
    }

    private static Func<Activation, object> StateFactoryOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"[PersistentState] on parameter {parameter.Name} of {parameter.Member.DeclaringType} needs the type IPersistentState<T>.");
        }

        var configuration = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var bind = BindMethod.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<Activation, IPersistentStateConfiguration, object>>();
        return activation => bind(activation, configuration);
    }

    private static object BindState<T>(Activation activation, IPersistentStateConfiguration configuration) =>
        GrainStateBinding.Bind<T>(activation, configuration);
}
