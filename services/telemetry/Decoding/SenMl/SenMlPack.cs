using System.Text;
using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.Telemetry.Decoding.SenMl;

/// <summary>
/// The rules of RFC 8428 for both syntaxes: base fields carry over to later records (section 4.6), times below 2^28 are
/// relative to now (section 4.5.3), a record that must be understood and is not (section 4.4) refuses the pack. The
/// metric is the last part of the name with its unit spelled out: <c>waterLevel</c> in <c>m</c> is <c>waterLevelMetres</c>.
/// </summary>
internal sealed class SenMlPack(MetricNames names, DateTimeOffset receivedAt, DecodedPayload result)
{
    private const double RelativeTimeLimit = 268_435_456;
    private const int SupportedVersion = 10;

    /// <summary>Parts of names end at these.</summary>
    private static ReadOnlySpan<byte> PartEnds => ":/"u8;

    private ReadOnlyMemory<byte> _baseName;
    private ReadOnlyMemory<byte> _baseUnit;
    private double _baseTimeSeconds;
    private double _baseValue;

    /// <summary>False when the whole pack was refused: nothing that follows counts.</summary>
    public bool TryAdd(in SenMlRecord record)
    {
        if (record.NotUnderstood is { } field)
        {
            result.RefuseWhole("payload-malformed", $"The SenML field {field} must be understood and is not.");
            return false;
        }

        if (record.IsMalformed || !TryApplyBases(record))
        {
            result.RefuseWhole("payload-malformed", "A SenML pack is an array of records with known fields of the right types (RFC 8428).");
            return false;
        }

        if (record.Value is not null || record.BooleanValue is not null)
        {
            Add(record);
        }
        else if (record.HasOtherValue)
        {
            result.Refuse("value-not-a-number", "Only SenML values v and vb are stored; vs, vd and s are not.");
        }

        return true;
    }

    private bool TryApplyBases(in SenMlRecord record)
    {
        if (record.BaseVersion is { } version && !(version <= SupportedVersion))
        {
            return false;
        }

        _baseName = record.BaseName ?? _baseName;
        _baseUnit = record.BaseUnit ?? _baseUnit;
        _baseTimeSeconds = record.BaseTimeSeconds ?? _baseTimeSeconds;
        _baseValue = record.BaseValue ?? _baseValue;
        return !double.IsNaN(_baseTimeSeconds) && !double.IsNaN(_baseValue);
    }

    private void Add(in SenMlRecord record)
    {
        // Base values belong to numbers, not to true and false (section 4.1).
        var value = record.Value is { } number ? number + _baseValue : record.BooleanValue == true ? 1 : 0;
        if (MetricOf(record) is not { } metric)
        {
            result.Refuse("metric-name-malformed",
                $"The SenML name '{Encoding.UTF8.GetString(_baseName.Span)}{Encoding.UTF8.GetString(record.Name.Span)}' does not end with a metric name.");
        }
        else if (!double.IsFinite(value))
        {
            result.Refuse("value-not-a-number", $"{metric} has no finite number.");
        }
        else if (!TryTime(record, out var time))
        {
            result.Refuse("time-malformed", $"{metric} has a time that is no number of seconds.");
        }
        else
        {
            result.Add(metric, time, value);
        }
    }

    private string? MetricOf(in SenMlRecord record)
    {
        var unit = record.Unit.IsEmpty ? _baseUnit.Span : record.Unit.Span;
        var own = record.Name.Span;
        var baseTail = _baseName.Span;
        if (own.LastIndexOfAny(PartEnds) is >= 0 and var end)
        {
            return names.Find(own[(end + 1)..], unit);
        }

        baseTail = baseTail[(baseTail.LastIndexOfAny(PartEnds) + 1)..];
        if (baseTail.IsEmpty)
        {
            return names.Find(own, unit);
        }

        Span<byte> whole = stackalloc byte[MetricName.MaximumLength];
        if (baseTail.Length + own.Length > whole.Length)
        {
            return null;
        }

        baseTail.CopyTo(whole);
        own.CopyTo(whole[baseTail.Length..]);
        return names.Find(whole[..(baseTail.Length + own.Length)], unit);
    }

    private bool TryTime(in SenMlRecord record, out DateTimeOffset time)
    {
        var seconds = _baseTimeSeconds + (record.TimeSeconds ?? 0);
        if (seconds < RelativeTimeLimit)
        {
            seconds += (receivedAt - DateTimeOffset.UnixEpoch).TotalSeconds;
        }

        return JsonValues.TryUnixSeconds(seconds, out time);
    }
}
