using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Makes the embedded engine's component of a declared one.</summary>
internal sealed class ComponentFactory(ILogger logger)
{
    private static readonly HashSet<string> StateItems = new(StringComparer.OrdinalIgnoreCase) { "keyPrefix", "actorStateStore" };
    private static readonly HashSet<string> PubsubItems = new(StringComparer.OrdinalIgnoreCase) { "publishingScopes", "subscriptionScopes", "allowedTopics", "protectedTopics" };

    public static string KindOf(string type) => type.Split('.')[0];

    public SecretStoreComponent? SecretStoreOf(ComponentResource resource)
    {
        var (type, document) = (resource.Type, resource.Document);
        switch (type)
        {
            case "secretstores.local.env":
                return Make(new EnvironmentSecrets(Plain(resource, "prefix") ?? ""));
            case "secretstores.local.file":
                if (Plain(resource, "secretsFile") is not { Length: > 0 } path)
                {
                    document.Root.Fault("spec.metadata", "secretsFile is missing");
                    return null;
                }

                try
                {
                    return Make(FileSecrets.Read(path, Plain(resource, "nestedSeparator") ?? ":",
                        string.Equals(Plain(resource, "multiValued"), "true", StringComparison.OrdinalIgnoreCase)));
                }
                catch (InvalidDataException exception)
                {
                    document.Root.Fault("spec.metadata", $"secretsFile '{path}': {exception.Message}");
                    return null;
                }

            default:
                return null;
        }

        SecretStoreComponent Make(ISecretSource source) => new(document.Name, type, resource.Version, document.Scopes, source);
    }

    public Component? Of(ComponentResource resource, IReadOnlyCollection<SecretStoreComponent> secretStores)
    {
        var (type, version, document) = (resource.Type, resource.Version, resource.Document);
        string? Value(string name) => ValueOf(resource, name, secretStores);
        switch (KindOf(type))
        {
            case "pubsub":
                Tell(resource, PubsubItems);
                return new PubsubComponent(document.Name, type, version, document.Scopes,
                    new TopicScopes(Value("publishingScopes"), Value("subscriptionScopes"), Value("allowedTopics"), Value("protectedTopics")));
            case "state":
                Tell(resource, StateItems);
                var prefix = Value("keyPrefix") ?? StateKeys.DefaultPrefix;
                if (prefix.Contains(StateKeys.Separator, StringComparison.Ordinal))
                {
                    document.Root.Fault("spec.metadata", $"keyPrefix contains '{StateKeys.Separator}'");
                }

                if (string.Equals(Value("actorStateStore"), "true", StringComparison.OrdinalIgnoreCase))
                {
                    Log.ResourceFieldIgnored(logger, document.Place, "actorStateStore");
                }

                return new StateStoreComponent(document.Name, type, version, document.Scopes, prefix);
            default:
                if (type is not ("secretstores.local.env" or "secretstores.local.file"))
                {
                    Log.ComponentSkipped(logger, document.Name, type);
                }

                return null;
        }
    }

    private void Tell(ComponentResource resource, HashSet<string> honoured)
        => Log.ComponentIsLocal(logger, resource.Document.Name, resource.Type, string.Join(", ", resource.Items.Keys.Where(k => !honoured.Contains(k))));

    // A secret store cannot have its own values from a secret store.
    private static string? Plain(ComponentResource resource, string name)
        => resource.Items.GetValueOrDefault(name) is { } item ? item.Value ?? FromEnvironment(item) : null;

    // Only what the embedded engine uses is looked up: a password of Redis need not exist here.
    private static string? ValueOf(ComponentResource resource, string name, IReadOnlyCollection<SecretStoreComponent> secretStores)
    {
        if (resource.Items.GetValueOrDefault(name) is not { } item)
        {
            return null;
        }

        if (item.SecretName is null)
        {
            return item.Value ?? FromEnvironment(item);
        }

        var store = secretStores.FirstOrDefault(s => string.Equals(s.Name, resource.SecretStore, StringComparison.Ordinal));
        if (store is null)
        {
            resource.Document.Root.Fault("auth.secretStore", $"there is no secret store '{resource.SecretStore}' for {name}");
            return null;
        }

        if (store.Source.Get(item.SecretName)?.GetValueOrDefault(item.SecretKey ?? item.SecretName) is { } value)
        {
            return value;
        }

        resource.Document.Root.Fault("spec.metadata", $"secret store {store.Name} has no '{item.SecretName}' with key '{item.SecretKey}' for {name}");
        return null;
    }

    private static string? FromEnvironment(ComponentItem item)
        => item.EnvironmentVariable is { Length: > 0 } variable ? Environment.GetEnvironmentVariable(variable) : null;
}
