using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads resources of kind Resiliency (dapr/dapr, pkg/apis/resiliency/v1alpha1/types.go).</summary>
internal static class ResiliencyReader
{
    public static ResiliencyResource Read(ResourceDocument document, ILogger logger)
    {
        var resource = new ResiliencyResource(document);
        var spec = document.Root.Fields("spec", isRequired: true);
        document.Root.RefuseOthers();
        ReadPolicies(spec?.Fields("policies"), resource);
        ReadTargets(spec?.Fields("targets"), resource, logger);
        spec?.RefuseOthers();
        return resource;
    }

    private static void ReadPolicies(YamlFields? policies, ResiliencyResource resource)
    {
        var timeouts = policies?.Fields("timeouts");
        foreach (var name in timeouts?.Names ?? [])
        {
            resource.Timeouts[name] = timeouts!.Duration(name) ?? TimeSpan.Zero;
        }

        foreach (var (name, fields) in Named(policies, "retries"))
        {
            resource.Retries[name] = PolicyReader.Retry(fields);
        }

        foreach (var (name, fields) in Named(policies, "circuitBreakers"))
        {
            resource.CircuitBreakers[name] = PolicyReader.CircuitBreaker(fields);
        }

        policies?.RefuseOthers();
    }

    private static void ReadTargets(YamlFields? targets, ResiliencyResource resource, ILogger logger)
    {
        foreach (var (name, fields) in Named(targets, "apps"))
        {
            var size = fields.Integer("circuitBreakerCacheSize");
            resource.Apps[name] = NamesOf(fields) with { CircuitBreakerCacheSize = size is > 0 ? size.Value : PolicyNames.DefaultCacheSize };
        }

        foreach (var (name, fields) in Named(targets, "components"))
        {
            resource.Components[name] = new ComponentPolicyNames(NamesOf(fields.Fields("inbound")), NamesOf(fields.Fields("outbound")));
            fields.RefuseOthers();
        }

        if (targets?.Fields("actors") is not null)
        {
            Log.ResourceFieldIgnored(logger, resource.Document.Place, "spec.targets.actors");
        }

        targets?.RefuseOthers();
    }

    private static PolicyNames NamesOf(YamlFields? fields)
    {
        if (fields is null)
        {
            return PolicyNames.None;
        }

        var names = new PolicyNames(fields.Text("timeout"), fields.Text("retry"), fields.Text("circuitBreaker")) { Fields = fields };
        fields.RefuseOthers();
        return names;
    }

    private static IEnumerable<(string Name, YamlFields Fields)> Named(YamlFields? parent, string name)
    {
        var group = parent?.Fields(name);
        return (group?.Names ?? []).Select(n => (n, group!.Fields(n, isRequired: true))).Where(p => p.Item2 is not null).Select(p => (p.n, p.Item2!));
    }
}
