using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Cli.Doctor;

/// <summary>Whether this command and the registry mean the same by a manifest.</summary>
internal static class SchemaCheck
{
    public static async Task RunAsync(Session session, Api api, List<Finding> findings, CancellationToken cancellationToken)
    {
        var words = session.Words;
        using var answer = await api.ProbeAsync("api/registry/schema/municipality.json", cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            findings.Add(new Finding("schema", FindingState.Bad, words["doctor.schema.none", (int)answer.StatusCode], words["doctor.schema.none.do"]));
            return;
        }

        var theirs = await answer.Content.ReadAsStringAsync(cancellationToken);
        findings.Add(IsSame(theirs)
            ? new Finding("schema", FindingState.Good, words["doctor.schema"])
            : new Finding("schema", FindingState.Bad, words["doctor.schema.other"], words["doctor.schema.other.do"]));
    }

    private static bool IsSame(string theirs)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(theirs), JsonNode.Parse(MunicipalitySchema.Text));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
