using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Architecture.Tests;

/// <summary>
/// The embedded engine copies any type, the distributed one only those that Orleans generated a serializer for: what
/// crosses a grain call or is stored must be marked, member by member.
/// </summary>
internal static class GrainMessages
{
    /// <summary>Faults of every grain in the given assemblies.</summary>
    public static IEnumerable<string> FaultsOf(IEnumerable<Type> types)
    {
        var all = types.ToArray();
        var crossing = all.Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var stored = all.Where(type => typeof(Grain).IsAssignableFrom(type))
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
            .Select(parameter => parameter.ParameterType);
        var seen = new HashSet<Type>();
        return crossing.Concat(stored).SelectMany(type => FaultsOf(type, seen)).ToArray();
    }

    private static IEnumerable<string> FaultsOf(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            yield break;
        }

        foreach (var part in type.GetGenericArguments().Concat(type.HasElementType ? [type.GetElementType()!] : []))
        {
            foreach (var fault in FaultsOf(part, seen))
            {
                yield return fault;
            }
        }

        if (type.IsEnum || type.IsInterface || type.HasElementType || !IsOurs(type))
        {
            yield break;
        }

        if (type.GetCustomAttribute<GenerateSerializerAttribute>() is null)
        {
            yield return $"{type} crosses a grain call or is stored without [GenerateSerializer]";
            yield break;
        }

        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null))
        {
            if (property.GetCustomAttribute<IdAttribute>() is null)
            {
                yield return $"{type}.{property.Name} has no [Id]: Orleans would leave it out";
            }

            foreach (var fault in FaultsOf(property.PropertyType, seen))
            {
                yield return fault;
            }
        }
    }

    private static bool IsOurs(Type type)
        => type.Assembly.GetName().Name!.StartsWith("SmartCity.", StringComparison.Ordinal) && !type.Assembly.GetName().Name!.StartsWith("SmartCity.Embedded.", StringComparison.Ordinal);
}
