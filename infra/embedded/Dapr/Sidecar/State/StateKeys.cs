namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The key in the store of a key in a request (Dapr docs, "Key scheme", and metadata <c>keyPrefix</c>).</summary>
internal static class StateKeys
{
    public const string Separator = "||";
    public const string DefaultPrefix = "appid";

    /// <summary>The stored key, or null when the key holds the separator and so could reach another app's.</summary>
    public static string? Of(StateStoreComponent store, string appId, string key)
        => key.Contains(Separator, StringComparison.Ordinal) ? null : store.KeyPrefix.ToUpperInvariant() switch
        {
            "NONE" => key,
            "NAME" => store.Name + Separator + key,
            "APPID" => appId + Separator + key,
            "NAMESPACE" => Namespaced(appId) + Separator + key,
            _ => store.KeyPrefix.ToLowerInvariant() + Separator + key,
        };

    private static string Namespaced(string appId)
        => Environment.GetEnvironmentVariable("NAMESPACE") is { Length: > 0 } name ? $"{name}.{appId}" : appId;
}
