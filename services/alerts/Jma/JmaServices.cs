using Microsoft.Extensions.Options;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Wording;

namespace SmartCity.Alerts.Jma;

/// <summary>Registrations of bulletins.</summary>
internal static class JmaServices
{
    public static void AddJma(this IServiceCollection services)
    {
        services.AddOptions<JmaOptions>().BindConfiguration(JmaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(JmaWordings.Load());
        services.AddSingleton<JmaCapMapper>();
        services.AddScoped<JmaDesk>();
        services.AddScoped<BulletinDecisions>();

        services.AddHttpClient(JmaClient.Name)
            .ConfigureHttpClient((provider, client) =>
            {
                client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<JmaOptions>>().Value.TimeoutSeconds);
                client.MaxResponseContentBufferSize = JmaClient.MaximumBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<JmaInbox>();
        services.AddSingleton<JmaClient>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<TownGiver>();
        services.AddSingleton<EntryFetcher>();
        services.AddSingleton<PushKey>();
        services.AddSingleton<PushSubscriber>();
        services.AddHostedService<JmaRehearsal>();
        services.AddHostedService<FeedFollower>();
    }
}
