using System.Globalization;
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

    /// <summary>A route where somebody says a code: wrong ones count by themselves too, since people know theirs and a whole shelter has one address.</summary>
    public static RouteHandlerBuilder LimitCodes(this RouteHandlerBuilder route) => route.LimitSecrets().AddEndpointFilter(CheckCodeAsync);

    private static async ValueTask<object?> CheckCodeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var attempts = http.RequestServices.GetRequiredService<Attempts>();
        var most = http.RequestServices.GetRequiredService<IOptions<SafetyOptions>>().Value.WrongCodesPerMinuteOfAddress;
        var (town, address) = (http.CurrentTown().Code, RequestSource.Of(http));
        // Taken as wrong until it proves right: many guesses at once are not more than the limit.
        if (!attempts.TryTake("wrong-code", town, address, most, out var wait))
        {
            return Refuse(http, wait);
        }

        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        if (answer is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound })
        {
            attempts.GiveBack("wrong-code", town, address);
        }

        return result;
    }

    private static async ValueTask<object?> CheckAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, string kind, Func<SafetyOptions, (int OfAddress, int OfTown)> limits)
    {
        var http = context.HttpContext;
        var attempts = http.RequestServices.GetRequiredService<Attempts>();
        var (ofAddress, ofTown) = limits(http.RequestServices.GetRequiredService<IOptions<SafetyOptions>>().Value);
        var town = http.CurrentTown().Code;
        // The narrow limit first: one who asks too much does not use up what is for all.
        return !attempts.TryTake(kind, town, RequestSource.Of(http), ofAddress, out var wait) || !attempts.TryTake(kind, town, "", ofTown, out wait)
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
}
