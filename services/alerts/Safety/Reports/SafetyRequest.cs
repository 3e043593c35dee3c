using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>"I am safe" or "I need help", for oneself and those with one.</summary>
public sealed record SafetyRequest
{
    private const int MostPeople = 999;
    private const int LongestName = 100;
    private const int LongestContact = 100;
    private const int LongestText = 500;

    /// <summary><c>safe</c> or <c>need-help</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What is needed; see <see cref="Safety.Needs.All"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>How many the report is for, the sender among them.</summary>
    public int PeopleCount { get; init; } = 1;

    /// <summary>Where they are, in words; only the town reads it.</summary>
    public string? Place { get; init; }

    /// <summary>For family and town.</summary>
    public string? Message { get; init; }

    /// <summary>The shelter where they are, by its id.</summary>
    public string? ShelterId { get; init; }

    /// <summary>Words that the family agreed on; whoever says the same words finds this report.</summary>
    public string? SharedSecret { get; init; }

    public string? Name { get; init; }

    /// <summary>Telephone or the like; only the town reads it.</summary>
    public string? Contact { get; init; }

    internal PersonalTexts Texts => new(Trimmed(Name), Trimmed(Contact), Trimmed(Place), Trimmed(Message));

    /// <summary>The refusal, or null when it may be stored.</summary>
    internal ProblemHttpResult? Refuse()
    {
        if (!SafetyStatus.All.Contains(Status, StringComparer.Ordinal))
        {
            return Problem.Unprocessable("safety-status-unknown", "This is no answer to 'are you safe?'.", $"Give one of {string.Join(", ", SafetyStatus.All)}. Nothing was saved.");
        }

        if (Needs?.All(need => need is not null && Safety.Needs.IsKnown(need)) != true)
        {
            return Problem.Unprocessable("safety-need-unknown", "One of the needs is not known.", $"Give some of {Safety.Needs.Keys}. Nothing was saved.");
        }

        if (PeopleCount is < 1 or > MostPeople)
        {
            return Problem.Unprocessable("people-out-of-range", "This is no number of people.", $"Give 1 to {MostPeople}. Nothing was saved.");
        }

        if (!string.IsNullOrWhiteSpace(SharedSecret) && !SafetySecrets.IsLongEnough(SharedSecret))
        {
            return SafetySecrets.TooShort;
        }

        return FreeText.Refuse(("name", Name), ("contact", Contact), ("place", Place), ("message", Message), ("sharedSecret", SharedSecret), ("shelterId", ShelterId))
            ?? TooLong(("name", Name, LongestName), ("contact", Contact, LongestContact), ("place", Place, LongestText), ("message", Message, LongestText), ("sharedSecret", SharedSecret, LongestText));
    }

    private static ProblemHttpResult? TooLong(params (string Field, string? Text, int Most)[] fields)
    {
        var faults = fields.Where(field => field.Text?.Length > field.Most).ToList();
        return faults.Count == 0 ? null : Problem.Unprocessable("text-too-long", "A text is too long.",
            $"{string.Join(' ', faults.Select(fault => $"'{fault.Field}' has {fault.Text!.Length} characters; {fault.Most} are allowed."))} Nothing was saved. Shorten it and send again.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["fields"] = faults.Select(fault => fault.Field).ToArray() });
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
