using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.Lists;

/// <summary>A filter of a list that takes one of some names, such as <c>?status=Pending</c>.</summary>
public static class NameFilter
{
    /// <param name="text">As given, in any case; null where everything is wanted. Numbers are no names.</param>
    /// <param name="field">Name of the filter; the refusal's type is <c>{field}-unknown</c>.</param>
    /// <param name="title">The refusal's title.</param>
    public static bool TryRead<T>(string? text, string field, string title, out T? wanted, [NotNullWhen(false)] out ProblemHttpResult? refusal)
        where T : struct, Enum
    {
        (wanted, refusal) = (null, null);
        if (text is null)
        {
            return true;
        }

        var names = Enum.GetNames<T>();
        if (!names.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            refusal = Problem.BadRequest(field + "-unknown", title, $"Give one of {string.Join(", ", names)}.");
            return false;
        }

        wanted = Enum.Parse<T>(text, ignoreCase: true);
        return true;
    }
}
