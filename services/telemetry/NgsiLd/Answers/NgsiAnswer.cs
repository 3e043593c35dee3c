using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SmartCity.Contracts;

namespace SmartCity.Telemetry.NgsiLd.Answers;

/// <summary>
/// Answers as the client accepts them (clause 6.3.5): <c>application/json</c> with the @context in a <c>Link</c> header, or
/// <c>application/ld+json</c> with it in the body. The @context is always ours: others are neither fetched nor needed.
/// </summary>
internal sealed class NgsiAnswer(IOptions<NgsiLdOptions> options)
{
    public const string Json = "application/json";
    public const string JsonLd = "application/ld+json";
    private const string ContextRelation = "http://www.w3.org/ns/json-ld#context";

    /// <summary>Where clients find our @context: through the gateway when the request came that way.</summary>
    public string ContextUrl(HttpContext http, string municipality) => BaseUrl(http, municipality) + "/context.jsonld";

    public static string ContextLink(string contextUrl) => $"<{contextUrl}>; rel=\"{ContextRelation}\"; type=\"{JsonLd}\"";

    public async Task<EmptyHttpResult> WriteAsync(HttpContext http, string municipality, JsonNode body, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        var context = ContextUrl(http, municipality);
        if (Accepted(http) == JsonLd)
        {
            AddContext(body, context);
            http.Response.ContentType = JsonLd;
        }
        else
        {
            http.Response.Headers.Append(HeaderNames.Link, ContextLink(context));
            http.Response.ContentType = Json;
        }

        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        await JsonSerializer.SerializeAsync(http.Response.Body, body, CityJson.Options, http.RequestAborted);
        return TypedResults.Empty;
    }

    /// <summary>The media type to answer in; null when none of ours is acceptable. The better quality wins, then JSON.</summary>
    public static string? Accepted(HttpContext http)
    {
        var accept = http.Request.GetTypedHeaders().Accept;
        if (accept.Count == 0)
        {
            return Json;
        }

        var (json, ld) = (QualityOf(accept, Json), QualityOf(accept, JsonLd));
        return json <= 0 && ld <= 0 ? null : ld > json ? JsonLd : Json;
    }

    public static void AddContext(JsonNode body, string context)
    {
        if (body is JsonArray array)
        {
            foreach (var item in array)
            {
                AddContext(item!, context);
            }
        }
        else if (body is JsonObject single)
        {
            single["@context"] = context;
        }
    }

    private string BaseUrl(HttpContext http, string municipality)
    {
        var path = $"/api/{municipality}/telemetry/ngsi-ld/v1";
        if (options.Value.PublicUrl is { } given)
        {
            return new Uri(given, path).AbsoluteUri;
        }

        var headers = http.Request.Headers;
        var host = headers["X-Forwarded-Host"].ToString() is { Length: > 0 } forwarded ? forwarded : http.Request.Host.Value;
        var scheme = headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : http.Request.Scheme;
        return $"{scheme}://{host}{path}";
    }

    // The most telling range that fits decides (RFC 9110 section 12.5.1).
    private static double QualityOf(IList<MediaTypeHeaderValue> accept, string type)
    {
        var media = new MediaTypeHeaderValue(type);
        return accept.Where(range => media.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
