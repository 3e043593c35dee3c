using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>How far a message came.</summary>
public sealed record ReachAnswer(
    string Id, DateTimeOffset AsOf, DateTimeOffset IssuedAt, DateTimeOffset? PlannedAt, int Recipients, int Reached, IReadOnlyList<ChannelReachAnswer> Channels, int OpenPages,
    double? P50Milliseconds, double? P99Milliseconds)
{
    /// <summary>Whether something is still to be sent.</summary>
    public bool IsUnderWay => PlannedAt is null || Channels.Any(channel => channel.Queued > 0);
}

public sealed record ChannelReachAnswer(
    string Channel, int Recipients, int Queued, int Sent, int Confirmed, int Failed, int NotNeeded, IReadOnlyList<WhyCount> NotReached);

public sealed record WhyCount(string Why, int Count);

/// <summary>One message to one subscription.</summary>
/// <param name="Address">Masked; null once the subscription has ended.</param>
public sealed record DeliveryAnswer(
    string Id, string SubscriptionId, string Channel, string? Address, string Status, string? Why, bool MaybeArrived, int Attempts, DateTimeOffset? NextAttemptAt)
{
    private const string DevicePrefix = "device:";

    /// <summary>Id of the siren or sign that it is for; null for a subscription.</summary>
    public string? DeviceId => SubscriptionId.StartsWith(DevicePrefix, StringComparison.Ordinal) ? SubscriptionId[DevicePrefix.Length..] : null;
}

/// <summary>The messages of one alert, newest first, with who issued them and why.</summary>
public sealed record HistoryAnswer(AlertView Newest, int? HeldLevel, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<AloneAnswer> Alone);

/// <summary>Somebody published what they wrote themselves.</summary>
public sealed record AloneAnswer(string DraftId, string By, DateTimeOffset At, string Reason);

public sealed record StepAnswer(string Id, string MsgType, int? Level, DateTimeOffset Sent, DateTimeOffset Expires, string? IssuedBy, string? Reason);

public sealed record SelfTestAnswer(string Id, DateTimeOffset StartedAt, string? StartedBy, bool IsComplete, bool IsProven, IReadOnlyList<SelfTestResultAnswer> Channels);

/// <param name="Status"><c>delivered</c>, <c>waiting</c>, <c>failed</c>, <c>no-recipient</c> or <c>not-offered</c>.</param>
public sealed record SelfTestResultAnswer(string Channel, string Status, string? Why, int Recipients, int Delivered);

public sealed record RecipientAnswer(string Id, IReadOnlyList<TestAddressAnswer> Addresses);

public sealed record TestAddressAnswer(string Channel, string Address, bool IsConfirmed);
