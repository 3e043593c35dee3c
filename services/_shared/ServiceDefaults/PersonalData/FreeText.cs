using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>What every text that a person types must pass before it is stored.</summary>
public static class FreeText
{
    /// <summary>Longest text of one field, in UTF-16 units.</summary>
    public const int MaximumLength = 4000;

    /// <summary>The refusal that names every fault of every field, or null when every text may be stored.</summary>
    /// <param name="fields">Field names with their texts.</param>
    public static ProblemHttpResult? Refuse(params IEnumerable<(string Field, string? Text)> fields)
    {
        var faults = fields.SelectMany(field => FaultsOf(field.Field, field.Text)).ToList();
        if (faults.Count == 0)
        {
            return null;
        }

        // The graver kind names the answer; the list has them all.
        var (code, title) = faults.Exists(fault => fault.Code == MyNumberRefusal.Code) ? (MyNumberRefusal.Code, MyNumberRefusal.Title)
            : faults.Exists(fault => fault.Code == "text-not-readable") ? ("text-not-readable", "A text has control characters.")
            : ("text-too-long", "A text is too long.");
        return Problem.Unprocessable(code, title, $"{string.Join(' ', faults.Select(fault => fault.Message))} Nothing was saved. Correct this and send again.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["fields"] = faults.Select(fault => fault.Field).Distinct(StringComparer.Ordinal).ToArray() });
    }

    private static IEnumerable<(string Field, string Code, string Message)> FaultsOf(string field, string? text)
    {
        if (text is null)
        {
            yield break;
        }

        if (text.Length > MaximumLength)
        {
            yield return (field, "text-too-long", $"'{field}' has {text.Length} characters; {MaximumLength} are allowed.");
        }

        if (text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            yield return (field, "text-not-readable", $"'{field}' has control characters, which no page or message can carry.");
        }

        if (MyNumber.IsIn(text))
        {
            // The number itself is not repeated: answers are logged on the way.
            yield return (field, MyNumberRefusal.Code, $"'{field}' has a 12-digit number that passes the check of an Individual Number (マイナンバー).");
        }
    }
}
