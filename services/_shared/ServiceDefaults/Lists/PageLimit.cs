using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.Lists;

/// <summary><c>?limit=</c> of every list.</summary>
public static class PageLimit
{
    /// <summary>Reads the limit, or gives the refusal that names the right range.</summary>
    /// <param name="text">As it stands in the query; null takes <paramref name="usual"/>.</param>
    /// <param name="usual">Items of a page when nothing was asked for.</param>
    /// <param name="most">Items of the largest page.</param>
    public static bool TryParse(string? text, int usual, int most, out int limit, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        refusal = null;
        limit = usual;
        if (text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most))
        {
            return true;
        }

        refusal = Problem.BadRequest("limit-out-of-range", "The page size is out of range.", $"Give limit as a number from 1 to {most}.");
        return false;
    }
}
