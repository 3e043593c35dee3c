using System.Text.Json.Nodes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Replay.Night;

/// <summary>The town hall and the people of a night: they look at what is in force, and do what people do then.</summary>
/// <param name="devices">Of the recording: drafts of others are other people's.</param>
internal sealed class NightTown(Session session, Api api, string town, DateTimeOffset begin, IReadOnlySet<string> devices, int shelters)
{
    private const string Reason = "replay: the water has fallen";

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _raised = new(StringComparer.Ordinal);
    private readonly List<string> _opened = [];
    private readonly SortedSet<int> _levels = [];

    public int Approved { get; private set; }

    public int Reported { get; private set; }

    public int ShelterCount => _opened.Count;

    /// <summary>Levels that were in force at some look.</summary>
    public IReadOnlySet<int> Levels => _levels;

    /// <summary>One look: drafts are approved, shelters opened from level 3 on, and the highest level called once level 4 is out.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var draft in await ItemsAsync("drafts?status=Pending", cancellationToken))
        {
            // What is approved must be known when the night ends, so breaking off waits for the answer.
            if (Time(draft, "createdAt") >= begin && (string?)draft["deviceId"] is { } device && devices.Contains(device)
                && await TryAsync(HttpMethod.Post, $"drafts/{(string)draft["id"]!}/approve", null, CancellationToken.None) is { } approved)
            {
                Approved++;
                if ((string?)JsonNode.Parse(approved)?["alertId"] is { } alertId)
                {
                    _own.Add(alertId);
                }
            }
        }

        foreach (var alert in await AlertsAsync(cancellationToken))
        {
            var level = (int)alert["level"]!;
            _levels.Add(level);
            if (level >= 3 && _opened.Count == 0)
            {
                await OpenSheltersAsync(cancellationToken);
            }

            if (level == 4 && IsOwn(alert) && _raised.Add((string)alert["alertId"]!)
                && await TryAsync(HttpMethod.Post, $"{(string)alert["id"]!}/update", new { level = 5, reason = "replay: the river is over its bank" }, cancellationToken) is not null)
            {
                _levels.Add(5);
            }
        }
    }

    public async Task ReportAsync(NightReport report, CancellationToken cancellationToken)
    {
        object body = report.NeedsHelp
            ? new { status = "need-help", needs = report.Needs, peopleCount = report.PeopleCount, place = "replay" }
            : new { status = "safe", peopleCount = report.PeopleCount };
        if (await TryAsync(HttpMethod.Post, "safety-check", body, cancellationToken, report.Key) is not null)
        {
            Reported++;
        }
    }

    /// <summary>The night is over: alerts that it approved do not end by themselves, and shelters are closed.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var alert in (await AlertsAsync(cancellationToken)).Where(IsOwn))
        {
            await TryAsync(HttpMethod.Post, $"{(string)alert["id"]!}/cancel", new { reason = Reason }, cancellationToken);
        }

        foreach (var shelter in _opened)
        {
            await SetAsync(shelter, "closed", 0, cancellationToken);
        }
    }

    // What was in force before the night is not the night's.
    private async Task<List<JsonNode>> AlertsAsync(CancellationToken cancellationToken)
        => [.. (await ItemsAsync("active?status=Actual", cancellationToken)).Where(alert => (string?)alert["hazard"] == "flood" && alert["origin"] is null && alert["level"] is not null && Time(alert, "sent") >= begin.AddSeconds(-1))];

    private bool IsOwn(JsonNode alert) => _own.Contains((string)alert["alertId"]!);

    private async Task OpenSheltersAsync(CancellationToken cancellationToken)
    {
        foreach (var shelter in (await ItemsAsync("shelters?hazard=flood&limit=" + shelters, cancellationToken)).Take(shelters))
        {
            var id = (string)shelter["id"]!;
            if (await SetAsync(id, "open", 10 + _opened.Count, cancellationToken))
            {
                _opened.Add(id);
            }
        }
    }

    private async Task<bool> SetAsync(string id, string status, int people, CancellationToken cancellationToken)
    {
        var known = JsonNode.Parse(await api.GetTextAsync($"api/{town}/alerts/shelters/{Uri.EscapeDataString(id)}", "application/json", cancellationToken))!;
        return await TryAsync(HttpMethod.Put, $"shelters/{Uri.EscapeDataString(id)}/status", new { status, peopleNow = people, asOf = (string?)known["statusAsOf"] }, cancellationToken) is not null;
    }

    private static DateTimeOffset Time(JsonNode node, string field) => DateTimeOffset.Parse((string)node[field]!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(string path, CancellationToken cancellationToken)
        => [.. (JsonNode.Parse(await api.GetTextAsync($"api/{town}/alerts/{path}", "application/json", cancellationToken))!["items"] as JsonArray ?? []).OfType<JsonNode>()];

    // Null: somebody else may have been faster, which is what happens in a night; anything else is said.
    private async Task<string?> TryAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken, string? key = null)
    {
        try
        {
            return (await api.CallAsync(method, $"api/{town}/alerts/{path}", body is null ? null : Api.JsonBody(body), isRepeatable: key is not null, cancellationToken, key: key)).Text;
        }
        catch (ApiRefusal refusal) when (refusal.Status is 409 or 412 or 428)
        {
            session.Terminal.Say(Output.Terminal.Text(session.Words["replay.night.notDone", path, refusal.Code]));
            return null;
        }
    }
}
