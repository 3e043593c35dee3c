using System.Text;
using System.Text.Json;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Looks for Individual Numbers in the property names and strings of JSON. JSON numbers are measurements, not texts.</summary>
internal static class JsonSearch
{
    // Deeper and laxer than any handler reads, so that nothing is read there which was not read here.
    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        AllowMultipleValues = true,
        CommentHandling = JsonCommentHandling.Allow,
        MaxDepth = 256,
    };

    /// <returns>Whether this is one JSON object or list from its first byte to its last: anything else may be read as another kind of text.</returns>
    public static bool Collect(ReadOnlySpan<byte> json, List<string> found)
    {
        var (roots, isPlain) = (0, false);
        var path = new JsonPath();
        var reader = new Utf8JsonReader(json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, Lenient);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.Comment or JsonTokenType.EndObject or JsonTokenType.EndArray))
                {
                    roots++;
                    isPlain |= reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
                }

                path.Follow(ref reader);
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Comment && MyNumber.IsIn(JsonPath.TextOf(ref reader)))
                {
                    found.Add(path.ToString());
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && path.IsWithheld)
                {
                    found.Add(path.ToString());
                }
            }
        }
        catch (JsonException)
        {
            // The handler says what is wrong with it, unless it reads something else than JSON.
            return false;
        }

        return roots == 1 && !isPlain;
    }
}
