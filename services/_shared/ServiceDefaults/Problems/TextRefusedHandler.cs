using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Problems;

/// <summary>A text that the database cannot keep is a fault of the request.</summary>
internal sealed class TextRefusedHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!exception.IsTextRefused())
        {
            return false;
        }

        await Problem.Unprocessable("text-not-readable", "A text has a character that cannot be kept.",
            "A text holds the character U+0000 (NUL), written \\u0000 in JSON. Nothing was saved. Take it out and send again.").ExecuteAsync(httpContext);
        return true;
    }
}
