using Microsoft.AspNetCore.Diagnostics;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Pages;

/// <summary>A fault of the portal itself, as a page that people can read; programs get problem details.</summary>
internal sealed class ErrorPageHandler(VisitFactory visits, ILogger<ErrorPageHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!MissingPage.WantsHtml(httpContext.Request))
        {
            return false;
        }

        // An exception that a handler answers is logged by nobody else.
        log.PageFailed(httpContext.Request.Path, exception);
        var page = MessageResult.Of(
            visits.Begin(httpContext), StatusCodes.Status500InternalServerError, "error.title", ["error.what", "error.do"]);
        await page.ExecuteAsync(httpContext);
        return true;
    }
}
