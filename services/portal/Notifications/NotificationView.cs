using SmartCity.Contracts.Towns;

namespace SmartCity.Portal.Notifications;

/// <summary>All that the page about notifications shows at one time.</summary>
public sealed record NotificationView
{
    public required Town Town { get; init; }

    public required WishForm Form { get; init; }

    /// <summary>Why nothing was saved, as a key of the language files.</summary>
    public string? Fault { get; init; }

    /// <summary>The mailbox, masked, that was just asked to confirm.</summary>
    public string? Asked { get; init; }
}

/// <summary>What of the alerts service's answer the page needs.</summary>
/// <param name="Status"><c>active</c> or <c>confirmation-needed</c>.</param>
public sealed record SubscriptionAnswer(string Id, string Status, IReadOnlyList<SubscribedAddress> Addresses);

/// <param name="Address">Masked.</param>
public sealed record SubscribedAddress(string Channel, string Address, string Status);
