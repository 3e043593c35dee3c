using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Views;

/// <summary>An alert as the HTTP API, the stream and the events show it: the newest CAP message of its chain.</summary>
public sealed record AlertView
{
    /// <summary>The CAP identifier of this message, or, of another authority's, the name it has here; <c>GET {id}.cap.xml</c> gives it as CAP 1.2.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Id"/> of the first message of the chain: stays the same through updates and the cancel.</summary>
    public required string AlertId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>CAP status: <c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required string Status { get; init; }

    /// <summary>CAP msgType: <c>Alert</c>, <c>Update</c> or <c>Cancel</c>.</summary>
    public required string MsgType { get; init; }

    /// <summary>
    /// Japanese alert level 1 to 5 (警戒レベル), or null: the alert is another authority's. Levels 3 to 5 are orders of a mayor,
    /// so none is ever derived from <see cref="Severity"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Level { get; init; }

    /// <summary>CAP severity of the gravest block: <c>Extreme</c>, <c>Severe</c>, <c>Moderate</c>, <c>Minor</c> or <c>Unknown</c>.</summary>
    public string Severity { get; init; } = "Unknown";

    /// <summary>CAP urgency of the most urgent block: <c>Immediate</c>, <c>Expected</c>, <c>Future</c>, <c>Past</c> or <c>Unknown</c>.</summary>
    public string Urgency { get; init; } = "Unknown";

    /// <summary>CAP certainty of the most certain block: <c>Observed</c>, <c>Likely</c>, <c>Possible</c>, <c>Unlikely</c> or <c>Unknown</c>.</summary>
    public string Certainty { get; init; } = "Unknown";

    /// <summary>Who issued it, as its CAP sender or a name such as <c>JMA</c>; null: the municipality itself.</summary>
    public string? Origin { get; init; }

    /// <summary>The identifier that its own sender gave it, where <see cref="Origin"/> is not null.</summary>
    public string? OriginIdentifier { get; init; }

    /// <summary>Whether it is about something that happens: not a drill, not a test.</summary>
    [JsonIgnore]
    public bool IsActual => Status == "Actual";

    /// <summary>Hazard key, such as <c>flood</c>: which shelters are safe depends on it.</summary>
    public required string Hazard { get; init; }

    public required DateTimeOffset Sent { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>When a cancel ended the alert, or null while it is in force.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Why it was issued, in one line, as the rule explains itself.</summary>
    public string? Explanation { get; init; }

    /// <summary>The device whose readings raised it, or null.</summary>
    public string? DeviceId { get; init; }

    /// <summary>One block per language.</summary>
    public required IReadOnlyList<AlertInfoView> Info { get; init; }

    /// <summary>The affected area as a GeoJSON geometry, or null for the whole municipality.</summary>
    public JsonElement? Area { get; init; }
}

/// <summary>The words of an alert in one language.</summary>
/// <param name="Language">BCP 47 language.</param>
/// <param name="Event">What happens: 河川増水 / River flooding.</param>
/// <param name="LevelName">The words that belong to the level: 高齢者等避難 / Evacuation of the elderly; null without a level.</param>
/// <param name="Headline">One sentence.</param>
/// <param name="Description">What was measured, where and when.</param>
/// <param name="Instruction">What to do now.</param>
/// <param name="AreaDescription">The area in words.</param>
public sealed record AlertInfoView(
    string Language,
    string Event,
    string? LevelName,
    string Headline,
    string Description,
    string Instruction,
    string AreaDescription)
{
    /// <summary>Who speaks, in words, where it is another authority.</summary>
    public string? SenderName { get; init; }

    /// <summary>The same to be said aloud (loudspeakers, radio, synthesisers), once; not in streams and pushes. Null where the language is not known here.</summary>
    public string? Spoken { get; init; }
}
