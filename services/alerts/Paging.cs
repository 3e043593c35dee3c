using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts;

/// <summary><c>?limit=</c> and <c>?after=</c> of every list.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    public static bool TryLimit(string? text, out int limit, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        refusal = null;
        limit = DefaultLimit;
        if (text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaximumLimit))
        {
            return true;
        }

        refusal = Problem.BadRequest("limit-out-of-range", "The page size is out of range.", $"Give limit as a number from 1 to {MaximumLimit}.");
        return false;
    }

    /// <summary>The start of a page; whoever makes up a key begins at the start.</summary>
    public static int Offset(string? after)
        => int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;

    /// <param name="rows">One more than the limit where there are more.</param>
    public static Page<T> ByOffset<T>(IReadOnlyList<T> rows, int offset, int limit) => rows.Count > limit
        ? new Page<T>([.. rows.Take(limit)], (offset + limit).ToString(CultureInfo.InvariantCulture))
        : new Page<T>(rows);
}
