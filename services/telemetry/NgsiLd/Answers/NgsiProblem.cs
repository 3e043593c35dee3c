using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartCity.Telemetry.NgsiLd.Answers;

/// <summary>The error types of NGSI-LD (ETSI GS CIM 009 clauses 5.5.2 and 6.3.2), as RFC 9457 problems.</summary>
internal static class NgsiProblem
{
    private const string Base = "https://uri.etsi.org/ngsi-ld/errors/";

    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "BadRequestData", "The request does not meet the specification.", detail);

    public static ProblemHttpResult InvalidRequest(string detail) => Of(StatusCodes.Status400BadRequest, "InvalidRequest", "The request's form is invalid.", detail);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "ResourceNotFound", "There is no such resource.", detail);

    public static ProblemHttpResult AlreadyExists(string detail) => Of(StatusCodes.Status409Conflict, "AlreadyExists", "It exists already.", detail);

    public static ProblemHttpResult NotSupported(string detail) => Of(StatusCodes.Status422UnprocessableEntity, "OperationNotSupported", "This is not supported here.", detail);

    public static ProblemHttpResult NoTenants(string detail) => Of(StatusCodes.Status501NotImplemented, "NoMultiTenantSupport", "Tenants are named by the path.", detail);

    public static ProblemHttpResult TooMany(string detail) => Of(StatusCodes.Status403Forbidden, "TooManyResults", "There are too many results.", detail);

    private static ProblemHttpResult Of(int status, string type, string title, string detail)
        => TypedResults.Problem(detail, statusCode: status, title: title, type: Base + type);
}
