using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>One payload format. Decoders keep no state: malformed input ends here and reaches no grain.</summary>
internal interface IPayloadDecoder
{
    /// <summary>Whether the payload is of this format.</summary>
    /// <param name="contentType">The MQTT 5 content type, or null.</param>
    /// <param name="root">The parsed payload.</param>
    bool Accepts(string? contentType, JsonElement root);

    /// <param name="root">The parsed payload.</param>
    /// <param name="receivedAt">Stands in for a time that the device did not give.</param>
    /// <param name="result">Takes measurements and faults.</param>
    void Decode(JsonElement root, DateTimeOffset receivedAt, DecodedPayload result);
}
