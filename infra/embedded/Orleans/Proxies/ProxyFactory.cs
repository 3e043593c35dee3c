using System.Collections.Concurrent;
using System.Linq.Expressions;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Makes references; the proxy type of an interface is generated once per process and holds no host's data.</summary>
internal static class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<Func<Silo, GrainId, GrainReference>>> Factories = new();

    public static GrainReference Create(Silo silo, GrainId grainId, Type interfaceType) =>
        Factories.GetOrAdd(interfaceType, static type => new(() => Compile(type))).Value(silo, grainId);

    private static Func<Silo, GrainId, GrainReference> Compile(Type interfaceType)
    {
        var constructor = new ProxyEmitter(interfaceType).Emit().GetConstructors()[0];
        var silo = Expression.Parameter(typeof(Silo));
        var grainId = Expression.Parameter(typeof(GrainId));
        var create = Expression.New(constructor, silo, grainId, Expression.Constant(interfaceType));
        return Expression.Lambda<Func<Silo, GrainId, GrainReference>>(create, silo, grainId).Compile();
    }
}
