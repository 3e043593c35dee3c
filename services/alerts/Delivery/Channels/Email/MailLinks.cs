using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Subscriptions;

namespace SmartCity.Alerts.Delivery.Channels.Email;

/// <summary>Links in mails; they need to know where residents reach the platform.</summary>
internal sealed class MailLinks(IOptions<AlertOptions> options, AddressVault vault)
{
    public bool AreKnown => options.Value.PublicUrl is not null;

    public Uri Alert(string municipality, string messageId) => new(options.Value.PublicUrl!, $"{municipality}/alerts/{messageId}");

    public Uri Confirm(string municipality, string token) => new(options.Value.PublicUrl!, $"api/{municipality}/alerts/subscriptions/confirm?token={token}");

    /// <summary>A page with a button for people, and one-click for mail programs (RFC 8058).</summary>
    public Uri Unsubscribe(string municipality, string subscriptionId)
        => new(options.Value.PublicUrl!, $"api/{municipality}/alerts/subscriptions/{subscriptionId}/unsubscribe?token={vault.UnsubscribeToken(subscriptionId)}");
}
