namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>A subscription as its owner sees it.</summary>
/// <param name="Status"><c>active</c>, or <c>confirmation-needed</c> while no address may be used.</param>
/// <param name="Secret">Proves who subscribed, in the header <c>Subscription-Secret</c>; shown once.</param>
/// <param name="Stored">What is stored, for how long, and how it ends, by language.</param>
public sealed record SubscriptionView(
    string Id, string Status, IReadOnlyList<AddressView> Addresses, IReadOnlyList<string> Languages, int MinimumLevel, IReadOnlyList<string>? Hazards,
    string? District, bool Drills, string? Secret, IReadOnlyDictionary<string, string> Stored);

/// <param name="Address">Masked.</param>
/// <param name="Status"><c>active</c> or <c>confirmation-needed</c>.</param>
/// <param name="SigningSecret">Of a webhook (Standard Webhooks); shown once.</param>
public sealed record AddressView(string Channel, string Address, string Status, string? SigningSecret = null);
