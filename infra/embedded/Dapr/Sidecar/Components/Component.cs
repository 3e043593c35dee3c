namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A component as the sidecar serves it.</summary>
/// <param name="Name">The name in URLs.</param>
/// <param name="Type">Its type as declared, such as <c>pubsub.redis</c>.</param>
/// <param name="Version">Its version as declared.</param>
/// <param name="Scopes">The apps it is for; empty is all.</param>
internal abstract record Component(string Name, string Type, string Version, IReadOnlyList<string> Scopes)
{
    public bool IsFor(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);
}

/// <summary>A pub/sub component: queues on the local disk.</summary>
internal sealed record PubsubComponent(string Name, string Type, string Version, IReadOnlyList<string> Scopes, TopicScopes Topics)
    : Component(Name, Type, Version, Scopes);

/// <summary>A state store: keys on the local disk.</summary>
/// <param name="KeyPrefix"><c>appid</c>, <c>namespace</c>, <c>name</c>, <c>none</c> or a prefix of its own.</param>
internal sealed record StateStoreComponent(string Name, string Type, string Version, IReadOnlyList<string> Scopes, string KeyPrefix)
    : Component(Name, Type, Version, Scopes);

/// <summary>A secret store.</summary>
internal sealed record SecretStoreComponent(string Name, string Type, string Version, IReadOnlyList<string> Scopes, ISecretSource Source)
    : Component(Name, Type, Version, Scopes);
