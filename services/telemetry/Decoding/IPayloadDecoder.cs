namespace SmartCity.Telemetry.Decoding;

/// <summary>One payload format: one file and one registration. Malformed input ends here and reaches no grain.</summary>
internal interface IPayloadDecoder
{
    /// <summary>Whether the payload is of this format, by what is known of its sender and by its first bytes.</summary>
    /// <param name="payload">Never empty.</param>
    bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope);

    /// <param name="payload">Is another's after the call: what is kept of it is copied.</param>
    /// <param name="envelope">Its time of receipt stands in for a time that the device did not give.</param>
    /// <param name="result">Takes measurements and faults.</param>
    void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result);
}
