using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.PersonalData;

/// <summary>What every text that a person types must pass before it is stored.</summary>
internal static class FreeText
{
    /// <summary>Longest text of one field, in UTF-16 units.</summary>
    public const int MaximumLength = 4000;

    /// <summary>The refusal, or null when every text may be stored.</summary>
    /// <param name="fields">Field names with their texts.</param>
    public static ProblemHttpResult? Refuse(params IEnumerable<(string Field, string? Text)> fields)
    {
        foreach (var (field, text) in fields)
        {
            if (text?.Length > MaximumLength)
            {
                return Problem.Unprocessable("text-too-long", "A text is too long.",
                    $"'{field}' has {text.Length} characters; {MaximumLength} are allowed. Nothing was saved.");
            }

            if (text is not null && text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
            {
                return Problem.Unprocessable("text-not-readable", "A text has control characters.",
                    $"'{field}' has characters that no alert can carry. Nothing was saved.");
            }

            if (MyNumber.IsIn(text))
            {
                // The number itself is not repeated: answers are logged on the way.
                return Problem.Unprocessable("my-number-refused", "Individual Numbers are never stored here.",
                    $"'{field}' has a 12-digit number that passes the check of an Individual Number (マイナンバー). Nothing was saved. Take it out and send again.");
            }
        }

        return null;
    }
}
