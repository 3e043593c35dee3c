using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using SmartCity.Telemetry.NgsiLd.Answers;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>The JSON of a request, with its @context where the media type wants it (clause 6.3.5).</summary>
internal static class SubscriptionBody
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 32 };

    public static async Task<(JsonObject? Json, ProblemHttpResult? Refusal)> ReadAsync(HttpContext http, bool isPatch)
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var given) ? given.MediaType.ToString() : "";
        if (type is not (NgsiAnswer.Json or NgsiAnswer.JsonLd) && !(isPatch && type == "application/merge-patch+json"))
        {
            return (null, TypedResults.Problem(
                "Send application/json or application/ld+json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "This form of body is not understood."));
        }

        JsonNode? node;
        try
        {
            node = await JsonNode.ParseAsync(http.Request.Body, documentOptions: Reading, cancellationToken: http.RequestAborted);
        }
        catch (JsonException exception)
        {
            return (null, NgsiProblem.InvalidRequest($"The body is no JSON: {exception.Message}"));
        }

        if (node is not JsonObject json)
        {
            return (null, NgsiProblem.InvalidRequest("The body is one JSON object."));
        }

        var hasContext = json.Remove("@context");
        if (type == NgsiAnswer.JsonLd != hasContext)
        {
            return (null, NgsiProblem.BadRequest(hasContext
                ? "With application/json the @context stands in a Link header, not in the body."
                : "With application/ld+json the body has an @context."));
        }

        return (json, null);
    }
}
