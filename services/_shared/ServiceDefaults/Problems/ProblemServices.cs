using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SmartCity.ServiceDefaults.Problems;

internal static class ProblemServices
{
    /// <summary>Every error leaves as application/problem+json with a trace id to quote; never with a stack trace.</summary>
    public static void AddCityProblems(this IServiceCollection services)
        => services.AddExceptionHandler<DatabaseAwayHandler>().AddExceptionHandler<TextRefusedHandler>().AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Extensions.TryAdd("traceId", Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier);
            if (problem.Type is null || problem.Type.StartsWith("https://tools.ietf.org", StringComparison.Ordinal))
            {
                problem.Type = Problem.TypeOf(CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode));
            }
        });

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status502BadGateway => "service-unreachable",
        StatusCodes.Status503ServiceUnavailable => "service-unavailable",
        StatusCodes.Status504GatewayTimeout => "service-timeout",
        >= 500 => "internal-error",
        _ => "error",
    };
}
