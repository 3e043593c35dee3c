using System.Collections.Concurrent;
using System.Reflection;

namespace SmartCity.Embedded.Grains;

/// <summary>Rebuilds hash tables: a copied key may have another hash code, so that copying their fields would lose it.</summary>
internal static class CollectionCopier
{
    private static readonly Dictionary<Type, string> Builders = new()
    {
        [typeof(Dictionary<,>)] = nameof(CopyDictionary),
        [typeof(ConcurrentDictionary<,>)] = nameof(CopyConcurrentDictionary),
        [typeof(HashSet<>)] = nameof(CopyHashSet),
    };

    public static Func<object, CopyContext, object>? TryBuild(Type type) =>
        type.IsGenericType && Builders.TryGetValue(type.GetGenericTypeDefinition(), out var name)
            ? typeof(CollectionCopier).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<object, CopyContext, object>>()
            : null;

    private static object CopyDictionary<TKey, TValue>(object value, CopyContext context)
        where TKey : notnull
    {
        var original = (Dictionary<TKey, TValue>)value;
        var copy = new Dictionary<TKey, TValue>(original.Count, original.Comparer);
        context.Add(value, copy);
        foreach (var (key, item) in original)
        {
            copy.Add(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(item, context));
        }

        return copy;
    }

    private static object CopyConcurrentDictionary<TKey, TValue>(object value, CopyContext context)
        where TKey : notnull
    {
        var original = (ConcurrentDictionary<TKey, TValue>)value;
        var copy = new ConcurrentDictionary<TKey, TValue>(original.Comparer);
        context.Add(value, copy);
        foreach (var (key, item) in original)
        {
            copy.TryAdd(Copier<TKey>.Copy(key, context), Copier<TValue>.Copy(item, context));
        }

        return copy;
    }

    private static object CopyHashSet<T>(object value, CopyContext context)
    {
        var original = (HashSet<T>)value;
        var copy = new HashSet<T>(original.Count, original.Comparer);
        context.Add(value, copy);
        foreach (var item in original)
        {
            copy.Add(Copier<T>.Copy(item, context));
        }

        return copy;
    }
}
