using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.NgsiLd.Entities;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>What a receiver was told, as a short mark of each entity's watched attributes, so that a change is known as one after a restart too.</summary>
internal sealed class ChangeMarks(EntitySource source)
{
    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>The marks of all that a subscription is about, as stored.</summary>
    public async Task<string> NowAsync(Town town, SubscriptionPlan plan, string contextUrl, CancellationToken cancellationToken)
    {
        var seen = new SeenMarks { ContextUrl = contextUrl };
        await foreach (var entity in ReadAsync(town, plan, cancellationToken))
        {
            seen.Entities[entity.Id] = Of(entity, plan);
        }

        return seen.ToJson();
    }

    public IAsyncEnumerable<Entity> ReadAsync(Town town, SubscriptionPlan plan, CancellationToken cancellationToken)
        => source.ReadAsync(town, EntitySource.AllOf(town).Where(one => plan.MayConcern(town, one.Type, one.Device)), cancellationToken);

    public static string Of(Entity entity, SubscriptionPlan plan)
    {
        var watched = EntityRenderer.Render(entity, new Representation(Simplified: false, Concise: false, SysAttrs: false, plan.Watched));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(watched.ToJsonString(Plain))).AsSpan(0, 8));
    }
}

/// <summary>The column <c>seen</c>.</summary>
internal sealed class SeenMarks
{
    /// <summary>Where the receiver finds our @context: as it was when the subscription was made.</summary>
    public required string ContextUrl { get; init; }

    public Dictionary<string, string> Entities { get; init; } = new(StringComparer.Ordinal);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static SeenMarks Of(string json) => JsonSerializer.Deserialize<SeenMarks>(json)!;
}
