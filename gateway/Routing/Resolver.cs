using Microsoft.AspNetCore.Http.Features;
using SmartCity.Contracts;
using SmartCity.Gateway.Door;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Routing;

/// <summary>Finds what a path is for: <c>/api/{municipality}/{service}/…</c>, <c>/api/registry/…</c>, a page of the gateway, or the portal.</summary>
internal sealed class Resolver(RouteBook book, PlatformTargets platform)
{
    private const string Api = "/api/";
    private const string OpenApi = "/openapi/";
    private const string Municipalities = "/municipalities/";
    private static readonly string[] Methods = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // What sidecars and services ask each other. From outside there is nothing of the kind, not even a refusal of theirs.
    private static readonly string[] Inside = ["/dapr/", "/internal/", "/events/"];
    private static readonly string[] Own = ["/livez", "/readyz", "/openapi", "/openapi.json", "/gateway"];

    /// <returns>Why nothing is there, or null.</returns>
    public IResult? Resolve(Call call)
    {
        if (!IsPassedOn(call.Http))
        {
            call.Http.Response.Headers.Allow = string.Join(", ", Methods);
            return Problem.Of(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "This method is not taken here.",
                $"The gateway passes on {string.Join(", ", Methods)}.");
        }

        var path = call.Http.Request.Path.Value ?? "";
        if (path.StartsWith(Api, StringComparison.Ordinal))
        {
            return ResolveApi(call, path);
        }

        if (Array.Exists(Inside, prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return UnknownRoute(path);
        }

        call.Rest = path;
        if (path.StartsWith(OpenApi, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal))
        {
            call.Target = platform.ByAppId.GetValueOrDefault(path[OpenApi.Length..^".json".Length]);
        }
        else if (platform.Development is { } development && path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            call.Target = development;
        }
        else if (!IsOwn(path))
        {
            call.Target = platform.Portal;
        }

        return null;
    }

    /// <summary>TRACE and made-up methods serve nobody; CONNECT is how a WebSocket begins in HTTP/2 (RFC 8441).</summary>
    private static bool IsPassedOn(HttpContext http)
        => Array.IndexOf(Methods, http.Request.Method) >= 0 || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;

    private static bool IsOwn(string path)
    {
        foreach (var own in Own)
        {
            if (path.StartsWith(own, StringComparison.Ordinal) && (path.Length == own.Length || path[own.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }

    private IResult? ResolveApi(Call call, string path)
    {
        var rest = path.AsSpan(Api.Length);
        var end = rest.IndexOf('/');
        var first = end < 0 ? rest : rest[..end];
        if (first.SequenceEqual(AppIds.Registry) && platform.Registry is { } registry)
        {
            call.Target = registry;
            call.Rest = end < 0 ? "" : rest[end..].ToString();
            call.RegistryMunicipality = MunicipalityOf(call.Rest);
            // Its limits and origins; one that is being onboarded has none yet.
            call.Town = call.RegistryMunicipality is { } code ? book.Current.Find(code) : null;
            return null;
        }

        if (end < 0)
        {
            return UnknownRoute(path);
        }

        var below = rest[(end + 1)..];
        var next = below.IndexOf('/');
        var service = next < 0 ? below : below[..next];
        if (book.Current.Find(first) is not { } town)
        {
            return Problem.UnknownTown(first.ToString());
        }

        call.Town = town;
        if (town.Find(service) is not { } entry)
        {
            return service.IsEmpty ? UnknownRoute(path) : Problem.ServiceNotOnboarded(town.Code, service.ToString());
        }

        call.TownTarget = entry;
        call.Target = entry.Target;
        call.Rest = next < 0 ? "" : below[next..].ToString();
        return FindRoute(call, entry.Target);
    }

    private static string? MunicipalityOf(string rest)
    {
        // The registry's routes do not tell upper from lower case either; without a code it is the list of all.
        if (!rest.StartsWith(Municipalities, StringComparison.OrdinalIgnoreCase) || rest.Length == Municipalities.Length)
        {
            return null;
        }

        var code = rest[Municipalities.Length..];
        var end = code.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? code : code[..end];
    }

    private static IResult? FindRoute(Call call, Target target)
    {
        call.Route = target.Find(call.Http.Request.Method, call.Rest.Length == 0 ? "/" : call.Rest, out var otherMethod);
        if (call.Route is not null || !target.IsThirdParty || Cors.TownCors.IsPreflight(call.Http.Request))
        {
            return null;
        }

        if (!otherMethod)
        {
            return Problem.NotFound("no-such-route", "This service has nothing at this address.",
                $"'{target.Name}' of {call.Town!.Code} serves no path '{call.Rest}'. Nothing was sent to it.");
        }

        var allowed = target.AllowedAt(call.Rest.Length == 0 ? "/" : call.Rest);
        call.Http.Response.Headers.Allow = allowed;
        return Problem.Of(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "This address does not take this method.",
            $"'{target.Name}' of {call.Town!.Code} takes {allowed} here. Nothing was sent to it.");
    }

    private static IResult UnknownRoute(string path)
        => Problem.NotFound("not-found", "There is nothing at this address.",
            $"{path} is no route; the API is below /api/{{municipality}}/{{service}}/.");
}
