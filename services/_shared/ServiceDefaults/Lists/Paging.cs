using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Lists;

/// <summary><c>?limit=</c> and <c>?after=</c> of every list.</summary>
public static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    public static bool TryLimit(string? text, out int limit, [NotNullWhen(false)] out ProblemHttpResult? refusal)
        => PageLimit.TryParse(text, DefaultLimit, MaximumLimit, out limit, out refusal);

    /// <summary>The start of a page; whoever makes up a key begins at the start.</summary>
    public static int Offset(string? after)
        => int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;

    /// <param name="rows">One more than the limit where there are more.</param>
    public static Page<T> ByOffset<T>(IReadOnlyList<T> rows, int offset, int limit) => rows.Count > limit
        ? new Page<T>([.. rows.Take(limit)], (offset + limit).ToString(CultureInfo.InvariantCulture))
        : new Page<T>(rows);
}
