namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>What came of one try.</summary>
/// <param name="Kind">What to do next.</param>
/// <param name="Why">A stable code, such as <c>no-answer</c> or <c>status-503</c>; null where it arrived.</param>
/// <param name="MayHaveArrived">Whether the receiver may have it although nobody knows.</param>
/// <param name="HostIsIll">Whether it speaks against the machine rather than against this delivery.</param>
/// <param name="NotBefore">When the receiver asked to be tried again, or null.</param>
public sealed record DeliveryOutcome(OutcomeKind Kind, string? Why = null, bool MayHaveArrived = false, bool HostIsIll = false, DateTimeOffset? NotBefore = null)
{
    public static DeliveryOutcome Sent { get; } = new(OutcomeKind.Sent, MayHaveArrived: true);

    public static DeliveryOutcome Confirmed { get; } = new(OutcomeKind.Confirmed, MayHaveArrived: true);

    public static DeliveryOutcome Gone { get; } = new(OutcomeKind.Gone, "gone");

    public static DeliveryOutcome Refused(string why) => new(OutcomeKind.Refused, why);

    /// <summary>The receiver said no, for now.</summary>
    public static DeliveryOutcome Later(string why, bool hostIsIll, DateTimeOffset? notBefore = null) => new(OutcomeKind.Later, why, HostIsIll: hostIsIll, NotBefore: notBefore);

    /// <summary>No answer: nobody knows.</summary>
    public static DeliveryOutcome Unknown(string why) => new(OutcomeKind.Later, why, MayHaveArrived: true, HostIsIll: true);

    /// <summary>It was not tried.</summary>
    public static DeliveryOutcome NotTried(string? why, DateTimeOffset notBefore) => new(OutcomeKind.NotTried, why, NotBefore: notBefore);
}

/// <summary>What to do after a try.</summary>
public enum OutcomeKind
{
    /// <summary>Somebody in between (a push service, a mail server) took it over.</summary>
    Sent,

    /// <summary>The receiver itself took it.</summary>
    Confirmed,

    /// <summary>The receiver is gone for good: the address is removed.</summary>
    Gone,

    /// <summary>It will never be taken.</summary>
    Refused,

    /// <summary>Another try may succeed.</summary>
    Later,

    /// <summary>Nothing was sent; it does not count as a try.</summary>
    NotTried,
}
