using Microsoft.AspNetCore.Http.Extensions;

namespace SmartCity.Portal.Devices;

/// <summary>What a visitor looks for in a list of devices, as the page's address says it.</summary>
public sealed record DeviceFilter(string Search, string Kind, string Health, string? After)
{
    /// <summary>Longer than any name; the rest is left out.</summary>
    public const int LongestSearch = 100;

    /// <summary>In the order of the list of choices.</summary>
    public static readonly IReadOnlyList<string> Healths = ["heard", "raised", "trouble", "silent", "clockWrong", "refused", "neverHeard"];

    public bool IsEmpty => Search.Length + Kind.Length + Health.Length == 0;

    public static DeviceFilter Of(HttpRequest request)
    {
        var (search, health) = (request.Query["search"].ToString().Trim(), request.Query["health"].ToString());
        return new DeviceFilter(
            search.Length > LongestSearch ? search[..LongestSearch] : search, request.Query["kind"].ToString(),
            Healths.Contains(health, StringComparer.Ordinal) ? health : "", request.Query["after"].ToString() is { Length: > 0 } after ? after : null);
    }

    /// <summary>The address of the list with this filter.</summary>
    public string Url(string path)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("search", Search), ("kind", Kind), ("health", Health), ("after", After ?? "") })
        {
            if (value.Length > 0)
            {
                query.Add(name, value);
            }
        }

        return path + query;
    }
}
