using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartCity.ServiceDefaults.Problems;

/// <summary>RFC 9457 errors with a stable <c>type</c>: <c>urn:smartcity:problem:{code}</c>.</summary>
public static class Problem
{
    /// <summary>The stable type of a problem.</summary>
    public static string TypeOf(string code) => "urn:smartcity:problem:" + code;

    /// <param name="status">HTTP status code.</param>
    /// <param name="code">Stable, in kebab-case.</param>
    /// <param name="title">What is wrong, the same for every case of the code.</param>
    /// <param name="detail">This case: what happened, whether anything was saved, what to do.</param>
    public static ProblemHttpResult Of(
        int status, string code, string title, string? detail = null, IDictionary<string, object?>? extensions = null)
        => TypedResults.Problem(detail, statusCode: status, title: title, type: TypeOf(code), extensions: extensions);

    public static ProblemHttpResult NotFound(string code, string title, string? detail = null)
        => Of(StatusCodes.Status404NotFound, code, title, detail);

    public static ProblemHttpResult BadRequest(string code, string title, string? detail = null)
        => Of(StatusCodes.Status400BadRequest, code, title, detail);

    public static ProblemHttpResult Conflict(string code, string title, string? detail = null)
        => Of(StatusCodes.Status409Conflict, code, title, detail);

    public static ProblemHttpResult Unprocessable(string code, string title, string? detail, IDictionary<string, object?>? extensions = null)
        => Of(StatusCodes.Status422UnprocessableEntity, code, title, detail, extensions);

    public static ProblemHttpResult UnknownTown(string municipality)
        => NotFound("unknown-municipality", "This municipality is not served here.",
            $"'{municipality}' is not the 6-digit code of a municipality of this installation.");

    public static ProblemHttpResult ServiceNotOnboarded(string municipality, string service)
        => NotFound("service-not-onboarded", "This municipality does not offer this service.",
            $"'{service}' is not among the services of {municipality}.");
}
