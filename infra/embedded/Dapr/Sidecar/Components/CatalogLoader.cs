using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Makes the catalog from the options' resource directories.</summary>
internal sealed class CatalogLoader(DaprSidecarOptions options, ILogger logger)
{
    private readonly List<string> _faults = [];

    /// <exception cref="InvalidDataException">Resource files are wrong; the message names file, document, field and reason of every fault.</exception>
    public ComponentCatalog Load()
    {
        if (options.ResourcesPaths.Count == 0)
        {
            return ComponentCatalog.BuiltIn(options);
        }

        var documents = new ResourceFiles(logger, _faults).Read(options.ResourcesPaths);
        var resources = Of(documents, "Component").Select(d => ComponentReader.Read(d, logger)).OfType<ComponentResource>().ToList();
        foreach (var doubled in resources.GroupBy(r => (Kind: ComponentFactory.KindOf(r.Type), r.Document.Name)).SelectMany(g => g.Skip(1)))
        {
            doubled.Document.Root.Fault("metadata.name", $"'{doubled.Document.Name}' is the name of another component of its kind");
        }

        var factory = new ComponentFactory(logger);
        var secretStores = resources.Select(factory.SecretStoreOf).OfType<SecretStoreComponent>().ToList();
        var components = resources.Select(r => factory.Of(r, secretStores)).OfType<Component>().ToList();
        var resiliency = Of(documents, "Resiliency").Select(d => ResiliencyReader.Read(d, logger)).ToList();
        CheckPolicies(resiliency);
        foreach (var document in Of(documents, "Configuration"))
        {
            Log.ResourceFieldIgnored(logger, document.Place, "spec." + string.Join(", spec.", document.Root.Fields("spec")?.Names ?? []));
        }

        var catalog = new ComponentCatalog([.. components.OfType<PubsubComponent>()], [.. components.OfType<StateStoreComponent>()], secretStores,
            [.. options.Subscriptions.Select(DeclaredTopic.Of), .. Declared(documents, components)], resiliency);
        CheckOptions(catalog);
        if (_faults.Count > 0)
        {
            throw new InvalidDataException("The resource files are wrong:" + string.Concat(_faults.Distinct(StringComparer.Ordinal).Select(f => Environment.NewLine + "- " + f)));
        }

        return catalog;
    }

    private static IEnumerable<ResourceDocument> Of(IEnumerable<ResourceDocument> documents, string kind)
        => documents.Where(d => string.Equals(d.Kind, kind, StringComparison.Ordinal));

    private IEnumerable<DeclaredTopic> Declared(List<ResourceDocument> documents, List<Component> components)
    {
        foreach (var document in Of(documents, "Subscription"))
        {
            if (SubscriptionReader.Read(document, logger) is not { } subscription)
            {
                continue;
            }

            if (!components.OfType<PubsubComponent>().Any(c => string.Equals(c.Name, subscription.Pubsub, StringComparison.Ordinal)))
            {
                document.Root.Fault("spec.pubsubname", $"there is no pub/sub component '{subscription.Pubsub}'");
            }

            yield return new DeclaredTopic(subscription, document.Scopes);
        }
    }

    private void CheckOptions(ComponentCatalog catalog)
    {
        foreach (var declared in options.Subscriptions.Where(s => catalog.PubsubFor(s.AppId, s.PubsubName) is null))
        {
            _faults.Add($"options: the subscription to {declared.Topic} is of pubsub '{declared.PubsubName}', which app {declared.AppId} does not have");
        }
    }

    // A target that names no policy would be without protection in silence.
    private static void CheckPolicies(List<ResiliencyResource> resources)
    {
        foreach (var resource in resources)
        {
            // Documents whose scopes meet share their names, as upstream.
            var visible = resources.Where(r => r.Document.Scopes.Count == 0 || resource.Document.Scopes.Count == 0
                || r.Document.Scopes.Intersect(resource.Document.Scopes, StringComparer.Ordinal).Any()).ToList();
            var names = resource.Apps.Values.Concat(resource.Components.Values.SelectMany(c => new[] { c.Inbound, c.Outbound }));
            foreach (var name in names)
            {
                Check(name.Fields, "timeout", name.Timeout, visible.SelectMany(r => r.Timeouts.Keys));
                Check(name.Fields, "retry", name.Retry, visible.SelectMany(r => r.Retries.Keys));
                Check(name.Fields, "circuitBreaker", name.CircuitBreaker, visible.SelectMany(r => r.CircuitBreakers.Keys));
            }
        }
    }

    private static void Check(YamlFields? fields, string field, string? name, IEnumerable<string> known)
    {
        if (!string.IsNullOrEmpty(name) && !known.Contains(name, StringComparer.Ordinal))
        {
            fields?.Fault(field, $"there is no policy '{name}'");
        }
    }
}
