using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Devices;

namespace SmartCity.Telemetry.Twin;

/// <summary>Twins: staff of the town only.</summary>
internal static class TwinEndpoints
{
    private const int MaximumBytes = 16 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = TwinBounds.MostLevels, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapTwins(this IEndpointRouteBuilder town)
    {
        const string Path = "/devices/{id}/twin";
        var staff = town.MapGroup("").RequireAuthorization(CityPolicies.Staff).WithTags("Twins").WithMetadata(new RequestSizeLimitAttribute(MaximumBytes));
        staff.MapGet(Path, GetTwin);
        staff.MapPatch(Path, PatchTwin).Accepts<object>("application/merge-patch+json", "application/json");
    }

    /// <summary>What is wanted, what is reported, and what of it differs. The ETag is the version of what is wanted.</summary>
    private static async Task<Results<Ok<TwinView>, ProblemHttpResult>> GetTwin(
        string id, TwinDesk desk, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        return towns.TryGetDevice(town.Code, id, out _)
            ? Tagged(await desk.GetAsync(town, id, cancellationToken), http)
            : DeviceHandlers.UnknownDevice(town, id);
    }

    /// <summary>A JSON Merge Patch (RFC 7396) of what is wanted; with <c>If-Match</c> only where it is what the caller has seen.</summary>
    private static async Task<Results<Ok<TwinView>, ProblemHttpResult>> PatchTwin(
        string id, TwinDesk desk, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken)
    {
        var town = http.CurrentTown();
        if (!towns.TryGetDevice(town.Code, id, out var device))
        {
            return DeviceHandlers.UnknownDevice(town, id);
        }

        if (!TryExpected(http.Request.Headers.IfMatch.ToString(), out var expected, out var refusal)
            || (await ReadAsync(http.Request, cancellationToken) is var (patch, fault) && (refusal = fault) is not null))
        {
            return refusal!;
        }

        var patched = await desk.PatchAsync(town, device, patch!, expected, http.User.IsInRole(CityRoles.Officer), http.Subject(), cancellationToken);
        return patched.Result is Ok<TwinView> { Value: { } view } ? Tagged(view, http) : patched;
    }

    private static Ok<TwinView> Tagged(TwinView view, HttpContext http)
    {
        http.Response.Headers.ETag = $"\"{view.Version.ToString(CultureInfo.InvariantCulture)}\"";
        // It tags what PATCH changes, and not what the device reports: no cache may answer by it.
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(view);
    }

    private static bool TryExpected(string ifMatch, out long? expected, out ProblemHttpResult? refusal)
    {
        (expected, refusal) = (null, null);
        if (ifMatch.Length == 0 || ifMatch == "*")
        {
            return true;
        }

        if (EntityTagHeaderValue.TryParse(ifMatch, out var tag) && !tag.IsWeak
            && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            expected = version;
            return true;
        }

        refusal = Problem.Of(StatusCodes.Status412PreconditionFailed, "twin-changed", "The twin is not what it was.",
            "If-Match is no ETag that this twin ever had: give the one of the last GET, such as \"3\". Nothing was changed.");
        return false;
    }

    private static async Task<(JsonObject? Patch, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals("application/merge-patch+json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)))
        {
            return (null, Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "This is no merge patch.",
                "Send application/merge-patch+json (RFC 7396) or application/json. Nothing was changed."));
        }

        try
        {
            using var reader = new StreamReader(request.Body, StrictUtf8);
            return JsonNode.Parse(await reader.ReadToEndAsync(cancellationToken), documentOptions: Strict) is JsonObject patch && IsReadable(patch)
                ? (patch, null)
                : (null, Problem.Unprocessable("patch-malformed", "This is no patch of a twin.", "Send a JSON object with what is to be changed; null takes a field away. Nothing was changed."));
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return (null, Problem.Unprocessable("patch-malformed", "This is no patch of a twin.",
                $"It is not UTF-8, not JSON, names a field twice, or has more than {TwinBounds.MostLevels} levels. Nothing was changed."));
        }
    }

    // Half a character in a text shows when the text is read.
    private static bool IsReadable(JsonObject patch) => patch.ToJsonString().Length > 0 && TwinBounds.NamesIn(patch).All(name => name.Length > 0);
}
