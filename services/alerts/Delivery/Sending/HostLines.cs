using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>The machines that deliveries lead to.</summary>
internal sealed class HostLines(IOptions<DeliveryOptions> options)
{
    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<string, HostLine> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(options.Value.RetrySeconds), TimeSpan.FromSeconds(options.Value.LongestRetrySeconds));

    public HostLine Of(IDeliveryChannel channel, string host)
    {
        // Whoever still stands in a line that is forgotten keeps it; the machine only has to prove itself anew.
        if (_lines.Count > MostRemembered)
        {
            _lines.Clear();
        }

        return _lines.GetOrAdd($"{channel.Name} {host}", _ => new HostLine(channel.MostAtOnce ?? options.Value.RequestsPerHost, _pauses));
    }
}
