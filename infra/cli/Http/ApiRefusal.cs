using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;

namespace SmartCity.Cli.Http;

/// <summary>The platform answered, and did not do what was asked (RFC 9457 problem details).</summary>
internal sealed class ApiRefusal(int status, string code, string title, string? detail, IReadOnlyList<Notice> notices, JsonObject? problem)
    : Exception(detail is null ? title : title + " " + detail)
{
    private const string TypePrefix = "urn:smartcity:problem:";

    public int Status { get; } = status;

    /// <summary>Of the problem's type, such as <c>manifest-refused</c>.</summary>
    public string Code { get; } = code;

    public string Title { get; } = title;

    public string? Detail { get; } = detail;

    public IReadOnlyList<Notice> Notices { get; } = notices;

    /// <summary>The whole answer, for <c>--json</c>.</summary>
    public JsonObject? Problem { get; } = problem;

    public static async Task<ApiRefusal> OfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        try
        {
            if (JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) is JsonObject problem)
            {
                return new ApiRefusal(
                    status,
                    ((string?)problem["type"])?.Replace(TypePrefix, "", StringComparison.Ordinal) ?? "http-" + status,
                    (string?)problem["title"] ?? "HTTP " + status,
                    (string?)problem["detail"],
                    problem["notices"].Deserialize<IReadOnlyList<Notice>>(CityJson.Options) ?? [],
                    problem);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new ApiRefusal(status, "http-" + status, $"HTTP {status} {answer.ReasonPhrase}", null, [], null);
        }

        return new ApiRefusal(status, "http-" + status, $"HTTP {status} {answer.ReasonPhrase}", null, [], null);
    }

    /// <summary>The same with the notices' places as in the user's own file.</summary>
    public ApiRefusal With(IReadOnlyList<Notice> relocated) => new(Status, Code, Title, Detail, relocated, Problem);
}
