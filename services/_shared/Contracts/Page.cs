using System.Text.Json.Serialization;

namespace SmartCity.Contracts;

/// <summary>Every list of the HTTP API: one page and the opaque key of the next.</summary>
/// <param name="Items">This page.</param>
/// <param name="Next">Pass as <c>?after=</c> for the following page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next = null);
