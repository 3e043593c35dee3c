using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Towns;

/// <summary>What all devices of a kind have in common.</summary>
public sealed record DeviceKind
{
    /// <summary>The <see cref="Device.Kind"/> it is about.</summary>
    public required string Kind { get; init; }

    /// <summary>How their JSON is read; a device with a mapping of its own is read by that.</summary>
    public PayloadMapping? Payload { get; init; }

    /// <summary>The commands that they understand; null for none.</summary>
    public IReadOnlyList<DeviceCommand>? Commands { get; init; }
}

/// <summary>How the JSON of devices that the town already owns is read.</summary>
public sealed record PayloadMapping
{
    /// <summary>A mapping that is built in, such as <c>the-things-stack</c>; <see cref="Values"/> and <see cref="Time"/> add to it.</summary>
    public string? Preset { get; init; }

    /// <summary>Where each metric's value is, by the metric's name.</summary>
    public IReadOnlyDictionary<string, MappedValue> Values { get; init; } = new Dictionary<string, MappedValue>(StringComparer.Ordinal);

    /// <summary>Where the time of measurement is; null for the time of receipt.</summary>
    public MappedTime? Time { get; init; }
}

/// <summary>Where a value is, and what makes the metric's unit of it: value × factor + offset.</summary>
/// <param name="Path">JSONPath (RFC 9535): the root, names, indexes, and one <c>*</c> at most.</param>
[JsonConverter(typeof(MappedValueConverter))]
public sealed record MappedValue(string Path, double Factor = 1, double Offset = 0);

/// <summary>Where the time of measurement is, and how it is written.</summary>
public sealed record MappedTime
{
    /// <summary>JSONPath without <c>*</c>.</summary>
    public required string Path { get; init; }

    public TimeFormat Format { get; init; }
}

/// <summary>How a time is written.</summary>
public enum TimeFormat
{
    /// <summary>With offset: <c>2026-07-01T03:00:00+09:00</c>.</summary>
    [JsonStringEnumMemberName("rfc3339")]
    Rfc3339,

    /// <summary>Seconds since 1970, whole or with a fraction.</summary>
    [JsonStringEnumMemberName("unixSeconds")]
    UnixSeconds,

    /// <summary>Milliseconds since 1970.</summary>
    [JsonStringEnumMemberName("unixMilliseconds")]
    UnixMilliseconds,
}

/// <summary>Reads <c>$.level</c> as well as <c>{ path: $.level, factor: 0.01 }</c>, and writes the shorter form that says all.</summary>
internal sealed class MappedValueConverter : JsonConverter<MappedValue>
{
    public override MappedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new MappedValue(reader.GetString()!);
        }

        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("A value is a path, or an object with path, factor and offset.");
        return new MappedValue(form.Path, form.Factor ?? 1, form.Offset ?? 0);
    }

    public override void Write(Utf8JsonWriter writer, MappedValue value, JsonSerializerOptions options)
    {
        var form = new Form { Path = value.Path, Factor = value.Factor == 1 ? null : value.Factor, Offset = value.Offset == 0 ? null : value.Offset };
        if (form is { Factor: null, Offset: null })
        {
            writer.WriteStringValue(value.Path);
        }
        else
        {
            JsonSerializer.Serialize(writer, form, options);
        }
    }

    private sealed record Form
    {
        public required string Path { get; init; }

        public double? Factor { get; init; }

        public double? Offset { get; init; }
    }
}
