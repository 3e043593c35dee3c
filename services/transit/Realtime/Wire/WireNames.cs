using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace SmartCity.Transit.Realtime.Wire;

/// <summary>Names of enumerations as GTFS Realtime writes them, such as <c>NO_SERVICE</c>.</summary>
internal static class WireNames
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, object>> Names = new();

    /// <summary>The name of a value, or its number where the reference does not know it.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
        => NamesOf(typeof(T)).FirstOrDefault(name => name.Value.Equals(value)).Key ?? value.ToString();

    /// <summary>The value of a name, or another one where there is no such name.</summary>
    public static T Parse<T>(string name, T otherwise)
        where T : struct, Enum
        => NamesOf(typeof(T)).TryGetValue(name, out var value) ? (T)value : otherwise;

    private static Dictionary<string, object> NamesOf(Type type) => Names.GetOrAdd(type, static one => one.GetFields()
        .Select(static field => (Field: field, Name: field.GetCustomAttributes(typeof(OriginalNameAttribute), inherit: false).OfType<OriginalNameAttribute>().FirstOrDefault()?.Name))
        .Where(static pair => pair.Name is not null)
        .ToDictionary(static pair => pair.Name!, static pair => pair.Field.GetValue(null)!, StringComparer.Ordinal));
}
