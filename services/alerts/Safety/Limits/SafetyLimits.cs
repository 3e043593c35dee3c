using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety.Limits;

/// <summary>Floods and guesses end here, before anything is read or written.</summary>
internal static class SafetyLimits
{
    /// <summary>A route by which reports come in.</summary>
    public static RouteHandlerBuilder LimitReports(this RouteHandlerBuilder route)
        => route.AddEndpointFilter((context, next) => CheckAsync(context, next, "report", options => (options.ReportsPerMinuteOfAddress, options.ReportsPerMinuteOfTown)));

    /// <summary>A route where somebody says a secret: right or wrong, it counts.</summary>
    public static RouteHandlerBuilder LimitSecrets(this RouteHandlerBuilder route)
        => route.AddEndpointFilter((context, next) => CheckAsync(context, next, "secret", options => (options.SecretsPerMinuteOfAddress, options.SecretsPerMinuteOfTown)));

    private static async ValueTask<object?> CheckAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, string kind, Func<SafetyOptions, (int OfAddress, int OfTown)> limits)
    {
        var http = context.HttpContext;
        var attempts = http.RequestServices.GetRequiredService<Attempts>();
        var (ofAddress, ofTown) = limits(http.RequestServices.GetRequiredService<IOptions<SafetyOptions>>().Value);
        var town = http.CurrentTown().Code;
        // The narrow limit first: one who asks too much does not use up what is for all.
        return !attempts.TryTake(kind, town, AddressOf(http), ofAddress, out var wait) || !attempts.TryTake(kind, town, "", ofTown, out wait)
            ? Refuse(http, wait)
            : await next(context);
    }

    private static object Refuse(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-requests", "There are too many requests.",
            $"Nothing was saved or looked for. Ask again after {seconds} s; in danger of life call 119.");
    }

    // As the gateway and the portal state it; a whole /64 belongs to one customer.
    private static string AddressOf(HttpContext http)
    {
        var stated = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0].Trim();
        var address = IPAddress.TryParse(stated, out var parsed) ? parsed : http.Connection.RemoteIpAddress;
        return address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "unknown";
    }
}
