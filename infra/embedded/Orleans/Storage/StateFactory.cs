using System.Runtime.CompilerServices;

namespace SmartCity.Embedded.Grains;

/// <summary>Makes the state of a grain that has no record: by its default constructor, or blank when it has none.</summary>
internal static class StateFactory<T>
{
    private static readonly Func<T?> Factory = Choose();

    public static T? Create() => Factory();

    private static Func<T?> Choose()
    {
        var type = typeof(T);
        if (type.IsValueType || type.IsAbstract || type.IsInterface || type.IsArray || type == typeof(string))
        {
            return static () => default;
        }

        return type.GetConstructor(Type.EmptyTypes) is null
            ? static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
            : Activator.CreateInstance<T>;
    }
}
