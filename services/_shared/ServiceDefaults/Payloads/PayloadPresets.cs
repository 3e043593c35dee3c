using System.Diagnostics.CodeAnalysis;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Payloads;

/// <summary>Mappings that are built in. A new one is an entry here and a word in <c>municipality.schema.json</c>.</summary>
public static class PayloadPresets
{
    /// <summary>Uplink messages of The Things Stack v3 (its data format "Uplink messages"), whose payload formatter decoded the bytes.</summary>
    public const string TheThingsStack = "the-things-stack";

    private static readonly Dictionary<string, PayloadMapping> All = new(StringComparer.Ordinal)
    {
        [TheThingsStack] = new PayloadMapping
        {
            Values = new Dictionary<string, MappedValue>(StringComparer.Ordinal)
            {
                ["*"] = new("$.uplink_message.decoded_payload.*"),
                ["rssiDecibelMilliwatts"] = new("$.uplink_message.rx_metadata[0].rssi"),
                ["snrDecibels"] = new("$.uplink_message.rx_metadata[0].snr"),
            },
            Time = new MappedTime { Path = "$.received_at", Format = TimeFormat.Rfc3339 },
        },
    };

    public static bool TryGet(string name, [NotNullWhen(true)] out PayloadMapping? mapping) => All.TryGetValue(name, out mapping);

    /// <summary>The mapping with its preset written out: what it says itself stands before what the preset says.</summary>
    public static PayloadMapping Expand(PayloadMapping mapping)
    {
        if (mapping.Preset is null || !TryGet(mapping.Preset, out var preset))
        {
            return mapping;
        }

        var values = new Dictionary<string, MappedValue>(mapping.Values, StringComparer.Ordinal);
        foreach (var (metric, value) in preset.Values)
        {
            values.TryAdd(metric, value);
        }

        return new PayloadMapping { Values = values, Time = mapping.Time ?? preset.Time };
    }
}
