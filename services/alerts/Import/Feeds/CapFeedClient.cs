using Microsoft.Extensions.Options;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Fetches feeds of CAP messages and what they lead to.</summary>
public sealed class CapFeedClient(IHttpClientFactory clients, IOptions<CapFeedOptions> options)
    : FeedClient(clients, Name, options.Value.MayFetch, CapFeedOptions.Section)
{
    public const string Name = "cap-feeds";
}
