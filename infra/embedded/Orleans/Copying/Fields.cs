using System.Reflection;
using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>The fields that make up an object.</summary>
internal static class Fields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All instance fields, those of base classes too.</summary>
    public static IEnumerable<FieldInfo> Of(Type type)
    {
        for (var current = type; current is not null && current != typeof(object) && current != typeof(ValueType); current = current.BaseType)
        {
            foreach (var field in current.GetFields(Own))
            {
                yield return field;
            }
        }
    }

    /// <summary>The fields whose values must be copied themselves.</summary>
    public static FieldInfo[] ToCopy(Type type) => [.. Of(type).Where(static field => !IsMarked(field) && !Shareable.Always(field.FieldType))];

    /// <summary>Whether the field, or the property behind which it stands, is marked [Immutable].</summary>
    public static bool IsMarked(FieldInfo field)
    {
        if (field.IsDefined(typeof(ImmutableAttribute), inherit: false))
        {
            return true;
        }

        return field.Name.StartsWith('<') && field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end
            && field.DeclaringType!.GetProperty(field.Name[1..end], Own)?.IsDefined(typeof(ImmutableAttribute), inherit: false) == true;
    }
}
