using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Problems;

/// <summary>A database that is away is no fault of the request: 503, and when to come again.</summary>
internal sealed class DatabaseAwayHandler(ILogger<DatabaseAwayHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!exception.IsDatabaseAway())
        {
            return false;
        }

        // Of what a handler answers, nobody else says anything.
        log.DatabaseAway(exception);
        httpContext.Response.Headers.RetryAfter = "5";
        await Problem.Of(StatusCodes.Status503ServiceUnavailable, "database-unavailable", "The database cannot be used at the moment.",
            "Nothing was saved; try again in a few seconds. If it stays so, the operator finds the reason in the log.").ExecuteAsync(httpContext);
        return true;
    }
}
