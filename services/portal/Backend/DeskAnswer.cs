using System.Net;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.Portal.Backend;

/// <summary>What a service answered that was asked in a person's name.</summary>
/// <param name="Value">Null where it did not do what was asked, or has nothing to say of it.</param>
/// <param name="Code">Why not, such as <c>second-person-needed</c>; null when it did not answer with sense.</param>
/// <param name="Detail">In the service's words.</param>
/// <param name="Notices">What is wrong with which field, where it said so.</param>
public sealed record DeskAnswer<T>(T? Value, HttpStatusCode Status, string? Code, string? Detail, IReadOnlyList<Notice>? Notices = null)
    where T : class
{
    private const string TypePrefix = "urn:smartcity:problem:";

    /// <exception cref="JsonException">The answer is not what services answer with.</exception>
    internal static async Task<DeskAnswer<T>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            var value = answer.StatusCode == HttpStatusCode.NoContent ? null : await answer.Content.ReadFromJsonAsync<T>(CityJson.Options, cancellationToken);
            return new DeskAnswer<T>(value, answer.StatusCode, null, null);
        }

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var notices = problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("notices", out var found) ? found.Deserialize<List<Notice>>(CityJson.Options) : null;
        return new DeskAnswer<T>(null, answer.StatusCode, Text(problem, "type")?.Replace(TypePrefix, "", StringComparison.Ordinal), Text(problem, "detail") ?? Text(problem, "title"), notices);
    }

    private static string? Text(JsonDocument problem, string field)
        => problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(field, out var value) ? value.GetString() : null;
}
