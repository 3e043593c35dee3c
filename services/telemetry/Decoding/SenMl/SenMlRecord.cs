namespace SmartCity.Telemetry.Decoding.SenMl;

/// <summary>
/// One record of a SenML pack (RFC 8428 section 4) as its syntax gives it. A number that was given in another type is
/// NaN; texts are UTF-8.
/// </summary>
internal struct SenMlRecord
{
    public ReadOnlyMemory<byte>? BaseName { get; set; }

    public ReadOnlyMemory<byte>? BaseUnit { get; set; }

    public double? BaseTimeSeconds { get; set; }

    public double? BaseValue { get; set; }

    public double? BaseVersion { get; set; }

    public ReadOnlyMemory<byte> Name { get; set; }

    public ReadOnlyMemory<byte> Unit { get; set; }

    public double? TimeSeconds { get; set; }

    public double? Value { get; set; }

    public bool? BooleanValue { get; set; }

    /// <summary>It has a string, data or sum, which are not stored.</summary>
    public bool HasOtherValue { get; set; }

    /// <summary>A field that must be understood (section 4.4: its name ends with <c>_</c>) and is not.</summary>
    public string? NotUnderstood { get; set; }

    /// <summary>It is no record, or a field has a type that it may not have.</summary>
    public bool IsMalformed { get; set; }
}
