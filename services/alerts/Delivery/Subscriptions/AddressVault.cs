using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Addresses are readable in memory only: in the database they are encrypted, each for its own subscription.</summary>
internal sealed class AddressVault(FieldCipher cipher)
{
    public string Close(string municipality, string subscriptionId, string address) => cipher.Encrypt(address, PlaceOf(municipality, subscriptionId));

    public string Open(SubscriptionAddress row) => cipher.Decrypt(row.Address, PlaceOf(row.Municipality, row.SubscriptionId));

    /// <summary>The same for the same address of a channel, in any subscription.</summary>
    public string Fingerprint(string channel, string key) => cipher.Fingerprint(key, "alerts/address/" + channel);

    /// <summary>Lets whoever got a mail end the subscription without its secret.</summary>
    public string UnsubscribeToken(string subscriptionId) => cipher.Fingerprint(subscriptionId, "alerts/unsubscribe");

    private static string PlaceOf(string municipality, string subscriptionId) => $"alerts/subscription/{municipality}/{subscriptionId}";
}
