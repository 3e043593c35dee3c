using System.Buffers;
using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>Finds the decoder of a payload.</summary>
internal sealed class PayloadDecoders(IEnumerable<IPayloadDecoder> decoders)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, CommentHandling = JsonCommentHandling.Disallow };
    private readonly IPayloadDecoder[] _decoders = decoders.ToArray();

    public DecodedPayload Decode(in ReadOnlySequence<byte> payload, string? contentType, DateTimeOffset receivedAt)
    {
        var result = new DecodedPayload();
        if (payload.IsEmpty)
        {
            result.Refuse("payload-malformed", "The payload is empty; send a JSON object with \"t\" and metric names, or SenML.");
            return result;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            var decoder = Array.Find(_decoders, candidate => candidate.Accepts(contentType, document.RootElement));
            if (decoder is null)
            {
                result.Refuse("payload-malformed", "The payload is JSON but neither an object or array with metric names nor SenML.");
            }
            else
            {
                decoder.Decode(document.RootElement, receivedAt, result);
            }
        }
        catch (JsonException exception)
        {
            result.Refuse("payload-malformed", $"The payload is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // System.Text.Json's answer to strings that are not valid UTF-8 or UTF-16.
            result.Refuse("payload-malformed", $"The payload has text that is not valid UTF-8: {exception.Message}");
        }

        return result;
    }
}
