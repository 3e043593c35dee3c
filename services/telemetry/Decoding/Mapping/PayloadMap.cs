using System.Text;
using System.Text.Json;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.Telemetry.Decoding.Mapping;

/// <summary>A mapping whose paths are read: what the manifest says, ready for messages.</summary>
internal sealed class PayloadMap
{
    private readonly PayloadPath? _timePath;
    private readonly TimeFormat _timeFormat;

    private PayloadMap(IReadOnlyList<MappedMetric> metrics, PayloadPath? timePath, TimeFormat timeFormat)
        => (Metrics, _timePath, _timeFormat) = (metrics, timePath, timeFormat);

    public IReadOnlyList<MappedMetric> Metrics { get; }

    /// <summary>What the registry would not have taken (from an older cache, or a region file) is left out.</summary>
    public static PayloadMap Of(PayloadMapping mapping)
    {
        var whole = PayloadPresets.Expand(mapping);
        var metrics = new List<MappedMetric>();
        foreach (var (name, value) in whole.Values)
        {
            if (PayloadPath.TryParse(value.Path, out var path, out _))
            {
                metrics.Add(new MappedMetric(name, path, value.Factor, value.Offset));
            }
        }

        return PayloadPath.TryParse(whole.Time?.Path ?? "", out var time, out _)
            ? new PayloadMap(metrics, time, whole.Time!.Format)
            : new PayloadMap(metrics, null, default);
    }

    /// <summary>The time of measurement. False when it is there and malformed; where it is not there the time is left as it is.</summary>
    public bool TryTime(JsonElement root, ref DateTimeOffset time, out JsonElement given)
    {
        given = default;
        if (_timePath is null || !JsonFollower.TryFollow(root, _timePath.Steps, out given) || given.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        var isRead = _timeFormat switch
        {
            TimeFormat.UnixSeconds => JsonFollower.TryNumber(given, out var seconds) && JsonValues.TryUnixSeconds(seconds, out time),
            TimeFormat.UnixMilliseconds => JsonFollower.TryNumber(given, out var milliseconds) && JsonValues.TryUnixSeconds(milliseconds / 1000, out time),
            _ => given.ValueKind == JsonValueKind.String && Rfc3339.TryParse(Encoding.UTF8.GetBytes(given.GetString()!), out time),
        };
        return isRead;
    }
}

/// <summary>Where one metric, or with a wildcard several, stands.</summary>
/// <param name="Name">With a <c>*</c> where the path has one.</param>
internal sealed record MappedMetric(string Name, PayloadPath Path, double Factor, double Offset);
