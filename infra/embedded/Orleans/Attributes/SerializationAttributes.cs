namespace Orleans;

/// <summary>
/// Marks a type whose serializer the distributed engine generates. The embedded engine copies values in memory and only
/// accepts the attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether primary constructor parameters are serialized.</summary>
    public bool IncludePrimaryConstructorParameters { get; set; }

    /// <summary>Whether members without an id get one.</summary>
    public GenerateFieldIds GenerateFieldIds { get; set; }
}

/// <summary>How ids of members are chosen.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only by <see cref="IdAttribute"/>.</summary>
    None,

    /// <summary>From public properties.</summary>
    PublicProperties,
}

/// <summary>The number of a member in the distributed engine's wire format.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class
    | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number.</summary>
    public uint Id { get; } = id;
}

/// <summary>A stable name of a type or method in the distributed engine's wire format.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum
    | AttributeTargets.Method, Inherited = false)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}

/// <summary>Promises that a value never changes after it was passed, so that it is shared instead of copied.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;
