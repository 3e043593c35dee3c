using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Drafts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Issuing;

/// <summary>What an officer changes of an alert in force; what is left out stays.</summary>
public sealed record UpdateRequest
{
    /// <summary>Japanese alert level 1 to 5.</summary>
    public int? Level { get; init; }

    /// <summary>How long the alert stays in force from now on.</summary>
    public double? ExpiresAfterSeconds { get; init; }

    /// <summary>The officer's own words by language.</summary>
    public IReadOnlyList<DraftText> Info { get; init; } = [];

    /// <summary>Why; sent with the update.</summary>
    public string? Reason { get; init; }

    /// <summary>Lowers at once although no second person agreed; the reason is then needed and stays on record.</summary>
    public bool WithoutSecondPerson { get; init; }

    /// <summary>The message that the officer saw: nothing is done where another is the newest by now. Null: whatever it is.</summary>
    public string? IfNewest { get; init; }

    /// <summary>The refusal, or null when it may be done.</summary>
    internal ProblemHttpResult? Refuse()
    {
        if (Level is null && ExpiresAfterSeconds is null && Info.Count == 0)
        {
            return Problem.Unprocessable("nothing-to-change", "The update changes nothing.", "Give 'level', 'expiresAfterSeconds' or 'info'. Nothing was changed.");
        }

        if (Level is < 1 or > 5)
        {
            return Problem.Unprocessable("level-unknown", "Alert levels are 1 to 5.", $"{Level} is not one. Nothing was changed.");
        }

        if (ExpiresAfterSeconds is not (null or (>= DraftRequest.ShortestSeconds and <= DraftRequest.LongestSeconds)))
        {
            return Problem.Unprocessable("expiry-out-of-range", "An alert is in force for 60 seconds to 7 days.", $"{ExpiresAfterSeconds} seconds are not. Nothing was changed.");
        }

        return WithoutSecondPerson && string.IsNullOrWhiteSpace(Reason)
            ? Problem.Unprocessable("reason-missing", "Lowering an alert alone needs a reason.", "Give 'reason': it stays on record. Nothing was changed.")
            : FreeText.Refuse([("reason", Reason), .. Info.SelectMany((text, index) => text.Fields($"info[{index}]."))]);
    }
}
