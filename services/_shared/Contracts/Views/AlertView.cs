using System.Text.Json;

namespace SmartCity.Contracts.Views;

/// <summary>An alert as the HTTP API, the stream and the events show it: the newest CAP message of its chain.</summary>
public sealed record AlertView
{
    /// <summary>The CAP identifier of this message; <c>GET {id}.cap.xml</c> gives it as CAP 1.2.</summary>
    public required string Id { get; init; }

    /// <summary>The CAP identifier of the first message of the chain: stays the same through updates and the cancel.</summary>
    public required string AlertId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>CAP status: <c>Actual</c>, <c>Exercise</c> or <c>Test</c>.</summary>
    public required string Status { get; init; }

    /// <summary>CAP msgType: <c>Alert</c>, <c>Update</c> or <c>Cancel</c>.</summary>
    public required string MsgType { get; init; }

    /// <summary>Japanese alert level 1 to 5 (警戒レベル).</summary>
    public required int Level { get; init; }

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
/// <param name="LevelName">The words that belong to the level: 高齢者等避難 / Evacuation of the elderly.</param>
/// <param name="Headline">One sentence.</param>
/// <param name="Description">What was measured, where and when.</param>
/// <param name="Instruction">What to do now.</param>
/// <param name="AreaDescription">The area in words.</param>
public sealed record AlertInfoView(
    string Language,
    string Event,
    string LevelName,
    string Headline,
    string Description,
    string Instruction,
    string AreaDescription);
