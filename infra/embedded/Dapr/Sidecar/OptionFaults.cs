namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Finds what is wrong with options, all of it at once.</summary>
internal static class OptionFaults
{
    public static IEnumerable<string> Of(DaprSidecarOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            yield return "DataDirectory is empty.";
        }

        if (options.Apps.Count == 0)
        {
            yield return "There is no app.";
        }

        foreach (var app in options.Apps.Where(a => string.IsNullOrWhiteSpace(a.AppId) || a.HttpPort is < 0 or > ushort.MaxValue))
        {
            yield return $"App '{app.AppId}' with port {app.HttpPort} is not valid.";
        }

        foreach (var doubled in options.Apps.GroupBy(a => a.AppId, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"App {doubled.Key} is there twice.";
        }

        foreach (var doubled in options.Apps.Where(a => a.HttpPort > 0).GroupBy(a => a.HttpPort).Where(g => g.Count() > 1))
        {
            yield return $"Port {doubled.Key} is meant for {string.Join(" and ", doubled.Select(a => a.AppId))}.";
        }

        foreach (var declared in options.Subscriptions)
        {
            if (!options.Apps.Any(a => string.Equals(a.AppId, declared.AppId, StringComparison.Ordinal)))
            {
                yield return $"The subscription to {declared.Topic} is of app '{declared.AppId}', which does not exist.";
            }

            if (options.ResourcesPaths.Count == 0 && !options.PubsubNames.Contains(declared.PubsubName, StringComparer.Ordinal))
            {
                yield return $"The subscription to {declared.Topic} is of pubsub '{declared.PubsubName}', which does not exist.";
            }
        }

        if (options.Delivery.ConcurrentDeliveries < 1)
        {
            yield return "ConcurrentDeliveries is less than one.";
        }
    }
}
