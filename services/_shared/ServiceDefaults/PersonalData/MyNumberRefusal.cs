using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>The answer to a request that carries an Individual Number: it names the places, never the number.</summary>
public static class MyNumberRefusal
{
    /// <summary>Stable code of the problem's type.</summary>
    public const string Code = "my-number-refused";

    internal const string Title = "Individual Numbers are never stored here.";

    /// <summary>So many places are listed by name; a body with more is not one that a person corrects by hand.</summary>
    private const int MostListed = 1000;

    /// <param name="fields">Every place: a JSON path, a query or route value, or a line and column.</param>
    public static ProblemHttpResult Of(IReadOnlyList<string> fields)
    {
        var listed = fields.Take(MostListed).ToArray();
        return Problem.Unprocessable(Code, Title,
            $"{fields.Count} place(s) hold a 12-digit number that passes the check of an Individual Number (マイナンバー): "
            + $"{string.Join("; ", listed.Take(20))}{(fields.Count > 20 ? "; …" : "")}. Nothing was saved. Take it out and send again.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["fields"] = listed, ["count"] = fields.Count });
    }
}
