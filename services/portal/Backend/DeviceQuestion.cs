using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Backend;

/// <summary>Which devices are asked for; what is null or empty is left to telemetry.</summary>
public sealed record DeviceQuestion
{
    public string? Search { get; init; }

    public string? Kind { get; init; }

    /// <summary>Such as <c>silent</c>, <c>trouble</c> for anything, <c>raised</c> for a rule.</summary>
    public string? Health { get; init; }

    /// <summary>The longest silence and the worst clocks first.</summary>
    public bool WorstFirst { get; init; }

    public GeoBox? Within { get; init; }

    public string? After { get; init; }

    public int? Limit { get; init; }

    internal string Query
    {
        get
        {
            var query = new QueryBuilder();
            Add("search", Search);
            Add("kind", Kind);
            Add("health", Health);
            Add("order", WorstFirst ? "trouble" : null);
            Add("within", Within is { } box ? string.Create(CultureInfo.InvariantCulture, $"{box.South:0.######},{box.West:0.######},{box.North:0.######},{box.East:0.######}") : null);
            Add("after", After);
            Add("limit", Limit?.ToString(CultureInfo.InvariantCulture));
            return query.ToString();

            void Add(string name, string? value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    query.Add(name, value);
                }
            }
        }
    }
}
