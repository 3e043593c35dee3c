using Microsoft.Extensions.Options;
using SmartCity.Alerts.Import.Feeds;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Fetches from the agency.</summary>
public sealed class JmaClient(IHttpClientFactory clients, IOptions<JmaOptions> options) : FeedClient(clients, Name, options.Value.MayFetch, JmaOptions.Section)
{
    public const string Name = "jma";
}
