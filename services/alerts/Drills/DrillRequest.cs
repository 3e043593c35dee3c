using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Drafts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drills;

/// <summary>A drill as an officer plans it.</summary>
public sealed record DrillRequest
{
    private const int LongestName = 100;
    private const int MostSteps = 20;
    private const double LongestSeconds = 24 * 3600;
    private const int MostDaysAhead = 366;

    public required string Name { get; init; }

    /// <summary>Hazard key, such as <c>flood</c>.</summary>
    public required string Hazard { get; init; }

    /// <summary>The part of the town that it is about; null: all of it.</summary>
    public DraftArea? Area { get; init; }

    /// <summary>The script, in its order. The first step announces a level; a cancel, if there is one, is the last.</summary>
    public required IReadOnlyList<DrillStepRequest> Steps { get; init; }

    /// <summary>How long the alert stays in force after the last step, where no step cancels it.</summary>
    public double ExpiresAfterSeconds { get; init; } = 3600;

    /// <summary>Whether sirens take part.</summary>
    public bool Sirens { get; init; }

    /// <summary>Whether a safety check (安否確認) of the drill's own is open while it runs.</summary>
    public bool SafetyCheck { get; init; }

    /// <summary>Whether a real alert of the town ends the drill at once.</summary>
    public bool StopOnActual { get; init; } = true;

    /// <summary>When it begins; left out: when a second person approves it.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The refusal, or null when the drill may be planned.</summary>
    internal ProblemHttpResult? Refuse(Town town, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName)
        {
            return Problem.Unprocessable("drill-name-missing", "A drill has a name of at most 100 characters.", "Give 'name'. Nothing was saved.");
        }

        if (!Hazards.IsKnown(Hazard))
        {
            return Problem.Unprocessable("hazard-unknown", "This hazard is not known.", $"Give one of {Hazards.Keys}. Nothing was saved.");
        }

        if (ExpiresAfterSeconds is not (>= DraftRequest.ShortestSeconds and <= LongestSeconds))
        {
            return Problem.Unprocessable("expiry-out-of-range", "A drill's alert stays in force for 60 seconds to 24 hours after its last step.", $"{ExpiresAfterSeconds} seconds are not. Nothing was saved.");
        }

        if (StartsAt is { } at && (at <= now || at > now.AddDays(MostDaysAhead)))
        {
            return Problem.Unprocessable("drill-time-out-of-range", "A drill begins in the future, within a year.", $"{at:O} is not. Leave 'startsAt' out to begin when it is approved. Nothing was saved.");
        }

        if (ScriptFault() is { } fault)
        {
            return Problem.Unprocessable("drill-script-not-usable", "This script cannot be run.", $"{fault} Nothing was saved.");
        }

        return Area?.Refuse(town)
            ?? FreeText.Refuse([("name", Name), .. Steps.SelectMany((step, number) => step.Info.SelectMany((text, index) => text.Fields($"steps[{number}].info[{index}].")))]);
    }

    private string? ScriptFault()
    {
        if (Steps is not { Count: >= 1 and <= MostSteps })
        {
            return $"Give 1 to {MostSteps} 'steps'.";
        }

        for (var number = 0; number < Steps.Count; number++)
        {
            if (Steps[number] is not { Info: not null } step)
            {
                return $"steps[{number}] is null, or its 'info' is.";
            }

            if (step.Info.Any(text => text is null))
            {
                return $"steps[{number}].info has an entry that is null.";
            }

            if (step.AfterSeconds is not (>= 0 and <= LongestSeconds) || (number > 0 && step.AfterSeconds <= Steps[number - 1].AfterSeconds))
            {
                return $"steps[{number}].afterSeconds must be 0 to {LongestSeconds}, and more than that of the step before.";
            }

            if (step.Level is null ? number == 0 || number < Steps.Count - 1 : step.Level is < 1 or > 5)
            {
                return $"steps[{number}].level must be an alert level from 1 to 5; only the last of several steps may leave it out, which cancels the alert.";
            }
        }

        return null;
    }
}

/// <param name="AfterSeconds">When it is due, from when the drill begins.</param>
/// <param name="Level">Japanese alert level to announce; null: the alert is cancelled.</param>
public sealed record DrillStepRequest(double AfterSeconds, int? Level = null)
{
    /// <summary>The planner's own words by language. What is left out is said in the official wording.</summary>
    public IReadOnlyList<DraftText> Info { get; init; } = [];
}
