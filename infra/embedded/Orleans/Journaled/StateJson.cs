using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans;

namespace SmartCity.Embedded.Grains;

/// <summary>
/// The JSON form of states. By member name: members that are gone are skipped, new ones keep their initial value. Besides
/// public properties and fields it holds what [Id] marks, also with private setters or none, and constructors need not
/// be public.
/// </summary>
internal static class StateJson
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static JsonSerializerOptions CreateOptions(Func<Silo> silo) => new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new GrainReferenceJsonConverter(silo) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Adapt } },
    };

    private static void Adapt(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        AddMarkedMembers(type);
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
            if (property is { Get: not null, Set: null, AssociatedParameter: null })
            {
                property.Set = SetterOf(property);
                // What nothing could read back is computed from the rest.
                property.ShouldSerialize = property.Set is null ? static (_, _) => false : property.ShouldSerialize;
            }
        }

        if (type.CreateObject is null && type.Type.GetConstructors().Length == 0 && type.Type.GetConstructor(Own, []) is { } constructor)
        {
            type.CreateObject = () => constructor.Invoke(null);
        }

        RefuseDerivedTypes(type);
    }

    private static void AddMarkedMembers(JsonTypeInfo type)
    {
        foreach (var member in Fields.Of(type.Type).Cast<MemberInfo>().Concat(PropertiesOf(type.Type)))
        {
            if (!member.IsDefined(typeof(IdAttribute), inherit: false) || type.Properties.Any(property => IsOf(property, member)))
            {
                continue;
            }

            var property = type.CreateJsonPropertyInfo(member is FieldInfo f ? f.FieldType : ((PropertyInfo)member).PropertyType, member.Name);
            property.AttributeProvider = member;
            property.Get = member is FieldInfo field ? field.GetValue : ((PropertyInfo)member).GetValue;
            property.Set = SetterOf(property);
            type.Properties.Add(property);
        }
    }

    private static bool IsOf(JsonPropertyInfo property, MemberInfo member) =>
        property.Name == member.Name || (property.AttributeProvider as MemberInfo)?.Name == member.Name;

    private static IEnumerable<PropertyInfo> PropertiesOf(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(Own).Where(static property => property.GetIndexParameters().Length == 0))
            {
                yield return property;
            }
        }
    }

    private static Action<object, object?>? SetterOf(JsonPropertyInfo property) => property.AttributeProvider switch
    {
        FieldInfo field => field.SetValue,
        PropertyInfo { SetMethod: not null } writable => writable.SetValue,
        PropertyInfo readOnly => readOnly.DeclaringType?.GetField($"<{readOnly.Name}>k__BackingField", Own) is { } field ? field.SetValue : null,
        _ => null,
    };

    // Written by its declared type, an object of a derived type would lose its own members unseen.
    private static void RefuseDerivedTypes(JsonTypeInfo type)
    {
        if (!type.Type.IsSealed && type.PolymorphismOptions is null)
        {
            var declared = type.Type;
            type.OnSerializing = value =>
            {
                if (value.GetType() != declared)
                {
                    throw new NotSupportedException($"A state holds a {value.GetType()} where {declared} is declared: mark {declared} with [JsonDerivedType].");
                }
            };
        }
    }
}
