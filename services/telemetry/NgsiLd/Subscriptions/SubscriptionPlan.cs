using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Queries;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>What a subscription's definition (clause 5.2.12) means.</summary>
/// <param name="Entities">Any of them; all entities when empty.</param>
/// <param name="Watched">Attributes whose changes count; all when empty.</param>
internal sealed record SubscriptionPlan(
    IReadOnlyList<EntityFilter> Entities, IReadOnlyCollection<string> Watched, QExpression? Q, GeoQuery? Geo, bool IsActive, DateTimeOffset? ExpiresAt,
    TimeSpan Throttling, Representation Form, Uri Endpoint, string Accept)
{
    public bool MayConcern(Town town, string type, Device device) => Entities.Count == 0 || Entities.Any(filter => filter.MayHold(town, type, device));

    public bool Holds(Entity entity) => (Q is null || Q.Holds(entity)) && (Geo is null || Geo.Holds(entity));

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
