using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Channels.Email;
using SmartCity.Alerts.Delivery.Channels.Webhook;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Delivery.SelfTests;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Delivery.Wording;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Alerts.Delivery;

/// <summary>Everything that brings alerts to people who asked for them.</summary>
internal static class DeliveryServices
{
    public static void AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.LeaseSeconds > options.NeededToTry.TotalSeconds, "Delivery:LeaseSeconds must be more than RequestTimeoutSeconds and SettleSeconds together.")
            .ValidateOnStart();

        // Another channel is one file and one line here.
        services.AddSingleton<IDeliveryChannel, WebPushChannel>();
        services.AddSingleton<IDeliveryChannel, EmailChannel>();
        services.AddSingleton<IDeliveryChannel, WebhookChannel>();

        services.TryAddSingleton<NameResolver>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<ReceiverClient>();
        services.AddSingleton<PushKey>();
        services.AddSingleton<PreparedPushes>();
        services.AddSingleton<MailServer>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<MailText>();
        services.AddSingleton<ChannelTable>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton(DeliveryWording.Load());

        services.AddSingleton<AddressVault>();
        services.AddSingleton<SubscriptionGate>();
        services.AddSingleton<ConfirmationSignal>();
        services.AddScoped<SubscriptionDesk>();
        services.AddScoped<OwnerDesk>();

        services.AddSingleton<PlanStore>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<LedgerAge>();
        services.AddSingleton<JobLoader>();
        services.AddSingleton<HostLines>();
        services.AddSingleton<GoneAddresses>();
        services.AddSingleton<DeliveryRunner>();
        services.AddScoped<ReachReader>();
        services.AddScoped<DraftReach>();
        services.AddScoped<DeliveryList>();
        services.AddScoped<SelfTestDesk>();
        services.AddSingleton<SelfTestCalendar>();

        services.AddHostedService(provider => provider.GetRequiredService<DeliveryRunner>());
        services.AddHostedService<ConfirmationMailer>();
        services.AddHostedService<PushPreparer>();
        services.AddHostedService(provider => provider.GetRequiredService<SelfTestCalendar>());
    }
}
