using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drafts;

/// <summary>An alert that a person writes.</summary>
public sealed record DraftRequest
{
    internal const double ShortestSeconds = 60;

    internal const double LongestSeconds = 7 * 24 * 3600;

    /// <summary><c>Actual</c>, or <c>Exercise</c> or <c>Test</c>, which say so in every text.</summary>
    public CapStatus Status { get; init; }

    /// <summary>The part of the town that it concerns; null: all of it.</summary>
    public DraftArea? Area { get; init; }

    /// <summary>Japanese alert level 1 to 5.</summary>
    public required int Level { get; init; }

    /// <summary>Hazard key, such as <c>flood</c>.</summary>
    public required string Hazard { get; init; }

    /// <summary>How long the alert stays in force; at most 7 days.</summary>
    public double ExpiresAfterSeconds { get; init; } = 6 * 3600;

    /// <summary>Whether an exercise also sounds the sirens and changes the signs that the manifest names. Real alerts always do, tests never.</summary>
    public bool Sirens { get; init; }

    /// <summary>The person's own words by language. What is left out is said in the official wording.</summary>
    public IReadOnlyList<DraftText> Info { get; init; } = [];

    /// <summary>The refusal, or null when the draft may be stored.</summary>
    internal ProblemHttpResult? Refuse(Town town)
    {
        if (Status is not (CapStatus.Actual or CapStatus.Exercise or CapStatus.Test))
        {
            return Problem.Unprocessable("status-unknown", "This alert status is not issued here.", $"Give {CapStatus.Actual}, {CapStatus.Exercise} or {CapStatus.Test}. Nothing was saved.");
        }

        if (Level is < 1 or > 5)
        {
            return Problem.Unprocessable("level-unknown", "Alert levels are 1 to 5.", $"{Level} is not one. Nothing was saved.");
        }

        if (!Hazards.IsKnown(Hazard))
        {
            return Problem.Unprocessable("hazard-unknown", "This hazard is not known.", $"Give one of {Hazards.Keys}. Nothing was saved.");
        }

        if (ExpiresAfterSeconds is not (>= ShortestSeconds and <= LongestSeconds))
        {
            return Problem.Unprocessable("expiry-out-of-range", "An alert is in force for 60 seconds to 7 days.", $"{ExpiresAfterSeconds} seconds are not. Nothing was saved.");
        }

        if (Area?.Refuse(town) is { } refusal)
        {
            return refusal;
        }

        return FreeText.Refuse(Info.SelectMany((text, index) => text.Fields($"info[{index}].")));
    }
}

/// <summary>A person's own words in one language; null leaves the official wording.</summary>
public sealed record DraftText(
    string Language, string? Headline = null, string? Description = null, string? Instruction = null, string? AreaDescription = null)
{
    internal IEnumerable<(string Field, string? Text)> Fields(string prefix) =>
    [
        (prefix + "headline", Headline),
        (prefix + "description", Description),
        (prefix + "instruction", Instruction),
        (prefix + "areaDescription", AreaDescription),
    ];

    internal AlertInfoView Over(AlertInfoView official) => official with
    {
        Headline = Said(Headline) ?? official.Headline,
        Description = Said(Description) ?? official.Description,
        Instruction = Said(Instruction) ?? official.Instruction,
        AreaDescription = Said(AreaDescription) ?? official.AreaDescription,
        // Made anew of what the person says.
        Spoken = null,
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Why an officer rejects a draft or cancels an alert.</summary>
public sealed record ReasonRequest(string? Reason);
