using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Alerts.Import.Feeds;

internal static class CapFeedFeature
{
    public static void AddCapFeeds(this IServiceCollection services)
    {
        services.AddOptions<CapFeedOptions>().BindConfiguration(CapFeedOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(CapFeedClient.Name)
            .ConfigureHttpClient((provider, client) =>
            {
                client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<CapFeedOptions>>().Value.TimeoutSeconds);
                client.MaxResponseContentBufferSize = FeedClient.MaximumBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(Handler);
        services.AddSingleton<CapFeedClient>();
        services.AddSingleton<CapFeedInbox>();
        services.AddSingleton<CapFeedReader>();
        services.AddSingleton<CapEntryFetcher>();
        services.AddHostedService<CapFeedFollower>();
    }

    // A redirect could lead inside, and so could a name of an allowed host.
    private static SocketsHttpHandler Handler(IServiceProvider provider)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        if (!provider.GetRequiredService<IOptions<CapFeedOptions>>().Value.AllowPrivateHosts)
        {
            var resolve = provider.GetRequiredService<NameResolver>();
            handler.ConnectCallback = async (context, cancellationToken) =>
                await PublicConnections.ConnectAsync(context.DnsEndPoint, (host, token) => resolve(host, token), cancellationToken);
        }

        return handler;
    }
}
