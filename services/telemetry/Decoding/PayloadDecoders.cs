using System.Buffers;

namespace SmartCity.Telemetry.Decoding;

/// <summary>Finds the decoder of a payload: the first that accepts it, in the order of their registration.</summary>
internal sealed class PayloadDecoders(IEnumerable<IPayloadDecoder> decoders)
{
    private readonly IPayloadDecoder[] _decoders = decoders.ToArray();

    public DecodedPayload Decode(in ReadOnlySequence<byte> payload, in PayloadEnvelope envelope)
    {
        var result = new DecodedPayload();
        Decode(payload, envelope, result);
        return result;
    }

    /// <param name="payload">Is not kept.</param>
    /// <param name="envelope">What came with it.</param>
    /// <param name="result">Empty; takes what the payload holds.</param>
    public void Decode(in ReadOnlySequence<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        if (payload.IsEmpty)
        {
            result.Refuse("payload-malformed", "The payload is empty; send a JSON object with \"t\" and metric names, or SenML.");
            return;
        }

        // Clients give a message in one piece; only a payload from elsewhere is copied.
        var bytes = payload.IsSingleSegment ? payload.First : payload.ToArray();
        foreach (var decoder in _decoders)
        {
            if (decoder.Accepts(bytes, envelope))
            {
                decoder.Decode(bytes, envelope, result);
                return;
            }
        }

        result.Refuse("payload-malformed", "The payload is of no known format; send a JSON object with \"t\" and metric names, or SenML.");
    }
}
