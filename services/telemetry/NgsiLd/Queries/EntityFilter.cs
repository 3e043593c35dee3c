using System.Text.RegularExpressions;
using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.NgsiLd.Entities;

namespace SmartCity.Telemetry.NgsiLd.Queries;

/// <summary>Which entities are wanted: of a query, or of one entry of a subscription. What is empty or null asks for nothing.</summary>
internal sealed record EntityFilter
{
    public IReadOnlyCollection<string> Ids { get; init; } = [];

    public IReadOnlyCollection<string> Types { get; init; } = [];

    public Regex? IdPattern { get; init; }

    /// <summary>An entity must have one of them.</summary>
    public IReadOnlyCollection<string> Attributes { get; init; } = [];

    public QExpression? Q { get; init; }

    public GeoQuery? Geo { get; init; }

    /// <summary>What can be told without the entity's values.</summary>
    public bool MayHold(Town town, string type, Device device)
    {
        if (Types.Count > 0 && !Types.Contains(type, StringComparer.Ordinal))
        {
            return false;
        }

        if (Ids.Count == 0 && IdPattern is null)
        {
            return true;
        }

        var id = EntityId.Of(type, town.Code, device.Id);
        // With ids the pattern does not count (clause 5.7.2.4).
        return Ids.Count > 0 ? Ids.Contains(id, StringComparer.Ordinal) : IdPattern!.IsMatch(id);
    }

    public bool Holds(Entity entity)
        => (Attributes.Count == 0 || Attributes.Any(entity.Attributes.ContainsKey))
            && (Q is null || Q.Holds(entity))
            && (Geo is null || Geo.Holds(entity));
}
