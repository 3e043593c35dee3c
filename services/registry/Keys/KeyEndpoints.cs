using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Registry.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Keys;

/// <summary>Keys of one device. Answers that show a key are never kept by anything on the way.</summary>
internal static class KeyEndpoints
{
    private const double LongestOverlapSeconds = 30 * 86_400;
    private const int LongestRequestId = 128;

    public static void MapKeys(this RouteGroupBuilder town)
    {
        var keys = town.MapGroup("/devices/{device}/keys").WithTags("device keys");
        keys.MapGet("/", ListKeys);
        keys.MapPost("/", RotateKey);
        keys.MapDelete("/", RevokeAll);
        keys.MapDelete("/{keyId}", RevokeKey);
    }

    /// <summary>The request's <c>Idempotency-Key</c>; false when it is malformed.</summary>
    public static bool TryRequestId(HttpRequest request, out string? requestId)
    {
        requestId = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : null;
        return requestId is null || (requestId.Length <= LongestRequestId && requestId.All(character => character is > ' ' and < '\x7f'));
    }

    private static async Task<Results<Ok<Page<KeyView>>, ProblemHttpResult>> ListKeys(
        string municipality, string device, KeyDesk desk, ITownDirectory towns, ExchangeDesk exchange, HttpContext http, CancellationToken cancellationToken)
    {
        var keys = await desk.ListAsync(device, cancellationToken);
        // Each names who made it.
        await exchange.RecordAcrossAsync(http, municipality, "device-keys.read", null, cancellationToken);
        return keys.Count > 0 || towns.TryGetDevice(municipality, device, out _)
            ? TypedResults.Ok(new Page<KeyView>(keys))
            : KeyProblems.UnknownDevice(municipality, device);
    }

    private static async Task<Results<Ok<IssuedKey>, Created<IssuedKey>, ProblemHttpResult>> RotateKey(
        string municipality, string device, KeyDesk desk, InstallerCode code, HttpContext http, CancellationToken cancellationToken,
        double overlapSeconds = 86_400, string? qr = null)
    {
        if (!(overlapSeconds is >= 0 and <= LongestOverlapSeconds))
        {
            return KeyProblems.OverlapOutOfRange(LongestOverlapSeconds);
        }

        if (!TryRequestId(http.Request, out var requestId))
        {
            return KeyProblems.RequestIdTooLong(LongestRequestId);
        }

        http.Response.Headers.CacheControl = "no-store";
        var answer = await desk.RotateAsync(municipality, device, TimeSpan.FromSeconds(overlapSeconds), requestId, http.Subject(), cancellationToken);
        return answer.Result is Created<IssuedKey> { Value: { } issued } created
            ? TypedResults.Created(created.Location, code.Add(issued, qr))
            : answer;
    }

    private static Task<Results<NoContent, ProblemHttpResult>> RevokeAll(
        string municipality, string device, KeyDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.RevokeAsync(municipality, device, null, http.Subject(), cancellationToken);

    private static Task<Results<NoContent, ProblemHttpResult>> RevokeKey(
        string municipality, string device, string keyId, KeyDesk desk, HttpContext http, CancellationToken cancellationToken)
        => desk.RevokeAsync(municipality, device, keyId, http.Subject(), cancellationToken);
}
