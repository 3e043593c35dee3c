using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Doctor;

/// <summary>Whether the gateway answers, what it says of the parts behind it, and whether its clock is ours.</summary>
internal static class GatewayChecks
{
    /// <summary>Services allow tokens 30 s of difference.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LittleSkew = TimeSpan.FromSeconds(5);

    /// <returns>Whether the gateway can be reached, so that further checks make sense.</returns>
    public static async Task<bool> RunAsync(Session session, Api api, List<Finding> findings, CancellationToken cancellationToken)
    {
        var words = session.Words;
        try
        {
            using var alive = await api.ProbeAsync("livez", cancellationToken);
            findings.Add(alive.IsSuccessStatusCode
                ? new Finding("gateway", FindingState.Good, words["doctor.gateway", api.Gateway])
                : new Finding("gateway", FindingState.Bad, words["doctor.gateway.odd", api.Gateway, (int)alive.StatusCode], words["doctor.gateway.do"]));
            findings.Add(ClockOf(session, alive));
        }
        catch (CommandException exception)
        {
            findings.Add(new Finding("gateway", FindingState.Bad, exception.Message, words["doctor.gateway.do"]));
            return false;
        }

        using var ready = await api.ProbeAsync("readyz", cancellationToken);
        AddParts(session, await ready.Content.ReadAsStringAsync(cancellationToken), findings);
        return true;
    }

    private static Finding ClockOf(Session session, HttpResponseMessage answer)
    {
        var words = session.Words;
        if (answer.Headers.Date is not { } date)
        {
            return new Finding("clock", FindingState.Unsure, words["doctor.clock.none"]);
        }

        var skew = session.Surroundings.Clock.GetUtcNow() - date;
        var seconds = Math.Abs(skew.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return skew.Duration() <= LittleSkew ? new Finding("clock", FindingState.Good, words["doctor.clock"])
            : new Finding("clock", skew.Duration() <= MostSkew ? FindingState.Unsure : FindingState.Bad,
                words[skew > TimeSpan.Zero ? "doctor.clock.ahead" : "doctor.clock.behind", seconds], words["doctor.clock.do"]);
    }

    private static void AddParts(Session session, string text, List<Finding> findings)
    {
        JsonObject? checks;
        try
        {
            checks = JsonNode.Parse(text)?["checks"] as JsonObject;
        }
        catch (JsonException)
        {
            checks = null;
        }

        if (checks is null)
        {
            findings.Add(new Finding("readiness", FindingState.Bad, session.Words["doctor.ready.unreadable"], session.Words["doctor.gateway.do"]));
            return;
        }

        foreach (var (name, check) in checks)
        {
            var status = (string?)check?["status"];
            var description = (string?)check?["description"];
            findings.Add(status == "Healthy"
                ? new Finding("readiness", FindingState.Good, session.Words["doctor.ready", name])
                : new Finding("readiness", FindingState.Bad, session.Words["doctor.ready.not", name, description ?? status], session.Words["doctor.ready.do"]));
        }
    }
}
