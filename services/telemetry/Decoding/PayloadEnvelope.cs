using SmartCity.Contracts;
using SmartCity.Telemetry.Decoding.Mapping;

namespace SmartCity.Telemetry.Decoding;

/// <summary>Who sent a payload, by its topic and the device's registration.</summary>
internal sealed record PayloadSource(string Municipality, string Device)
{
    /// <summary>The topic, where it is one of Sparkplug's.</summary>
    public SparkplugTopic? Sparkplug { get; init; }

    /// <summary>How the town says that the device's own JSON is read.</summary>
    public PayloadMap? Map { get; init; }
}

/// <summary>What comes with a payload.</summary>
/// <param name="ContentType">The MQTT 5 content type, or null.</param>
internal readonly record struct PayloadEnvelope(PayloadSource Source, DateTimeOffset ReceivedAt, string? ContentType = null)
{
    /// <summary>Compares media types: parameters and case make no difference (RFC 9110 section 8.3.1).</summary>
    public bool HasContentType(string mediaType)
    {
        if (ContentType is null)
        {
            return false;
        }

        var end = ContentType.IndexOf(';', StringComparison.Ordinal);
        var given = end < 0 ? ContentType.AsSpan() : ContentType.AsSpan(0, end);
        return given.Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
