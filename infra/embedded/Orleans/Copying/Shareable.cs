using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// Decides which values are shared instead of copied: those marked [Immutable], grain references, exceptions, and types
/// that can be seen to be immutable because all their fields are read-only and of such types.
/// </summary>
internal static class Shareable
{
    private static readonly ConcurrentDictionary<Type, bool> Exact = new();

    private static readonly HashSet<Type> Known =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half), typeof(Rune),
        typeof(Index), typeof(Range), typeof(IPAddress), typeof(CultureInfo), typeof(TimeZoneInfo), typeof(CancellationToken), typeof(DBNull),
        typeof(Nothing),
    ];

    private static readonly HashSet<string> ImmutableContainers = ["System.Collections.Immutable", "System.Collections.Frozen"];

    /// <summary>Whether every value of a variable of this type may be shared.</summary>
    public static bool Always(Type type) => Always(type, []);

    /// <summary>Whether an object of exactly this type may be shared.</summary>
    public static bool IsExact(Type type) => Exact.GetOrAdd(type, static t => IsExact(t, []));

    private static bool Always(Type type, HashSet<Type> open) =>
        (type.IsValueType || type.IsSealed || IsMarked(type) || typeof(GrainReference).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type))
        && IsExact(type, open);

    private static bool IsExact(Type type, HashSet<Type> open)
    {
        if (type.IsPrimitive)
        {
            return type != typeof(IntPtr) && type != typeof(UIntPtr);
        }

        if (type.IsEnum || Known.Contains(type) || IsMarked(type) || IsSharedKind(type))
        {
            return true;
        }

        if (type.IsArray || type.IsPointer || type.IsInterface || type == typeof(object) || typeof(Delegate).IsAssignableFrom(type))
        {
            return false;
        }

        if (type.IsGenericType && ImmutableContainers.Contains(type.Namespace ?? string.Empty))
        {
            return Array.TrueForAll(type.GetGenericArguments(), argument => Always(argument, open));
        }

        // A type within itself (a list of nodes) is left to the copier.
        if (!open.Add(type))
        {
            return false;
        }

        var fields = Fields.Of(type);
        var result = fields.All(field => (field.IsInitOnly || type.IsValueType) && (Fields.IsMarked(field) || Always(field.FieldType, open)));
        open.Remove(type);
        return result && (type.IsValueType || !Uncopyable.Is(type));
    }

    private static bool IsMarked(Type type) => type.IsDefined(typeof(ImmutableAttribute), inherit: false);

    private static bool IsSharedKind(Type type) =>
        typeof(GrainReference).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type)
        || typeof(IEqualityComparer).IsAssignableFrom(type) || typeof(IComparer).IsAssignableFrom(type)
        || type.GetInterfaces().Any(static i => i.IsGenericType
            && (i.GetGenericTypeDefinition() == typeof(IEqualityComparer<>) || i.GetGenericTypeDefinition() == typeof(IComparer<>)));
}
