using Microsoft.Net.Http.Headers;
using SmartCity.Gateway.Door;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Cors;

/// <summary>
/// Pages of other sites may call a town's API when the town names their origin (Fetch standard, CORS protocol). Cookies
/// are not part of that: such pages carry a token.
/// </summary>
internal static class TownCors
{
    private const string AllowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private const string AllowedHeaders = "Authorization, Content-Type, Accept, Accept-Language, If-Match, If-None-Match, Last-Event-ID, Idempotency-Key, On-Behalf-Of";
    private const string ExposedHeaders = "ETag, Location, Retry-After, Allow";

    public static bool IsPreflight(HttpRequest request)
        => HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Notes an allowed origin; the answer of a preflight, or null to go on.</summary>
    public static IResult? Check(Call call)
    {
        if (call.Town is null || call.Http.Request.Headers.Origin.Count == 0)
        {
            return null;
        }

        var origin = call.Http.Request.Headers.Origin.ToString();
        call.AllowedOrigin = call.Town.AllowedOrigins.Contains(origin) ? origin : null;
        if (!IsPreflight(call.Http.Request))
        {
            return null;
        }

        Headers.SecurityHeaders.Apply(call);
        Apply(call);
        if (call.AllowedOrigin is null)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "origin-not-allowed", "Pages of this site may not call this town's API.",
                $"'{origin}' is not among the allowed origins of {call.Town.Code}; the town names them in its manifest (allowedOrigins).");
        }

        var headers = call.Http.Response.Headers;
        headers.AccessControlAllowMethods = AllowedMethods;
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    /// <summary>Lets the page read this answer, be it a refusal. What a service says about origins itself does not count.</summary>
    public static void Apply(Call call)
    {
        if (call.Town is null)
        {
            return;
        }

        var headers = call.Http.Response.Headers;
        if (call.AllowedOrigin is { } origin)
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlExposeHeaders = ExposedHeaders;
        }

        if (call.Town.AllowedOrigins.Count > 0 && !headers.Vary.ToString().Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }
    }
}
