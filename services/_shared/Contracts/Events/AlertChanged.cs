using SmartCity.Contracts.Views;

namespace SmartCity.Contracts.Events;

/// <summary>
/// Events <see cref="Topics.AlertIssued"/>, <see cref="Topics.AlertUpdated"/> and <see cref="Topics.AlertCancelled"/>:
/// one CAP message of an alert's life, with all that a receiver needs to act without asking back.
/// </summary>
public sealed record AlertChanged
{
    public required string EventId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>The alert after this message.</summary>
    public required AlertView Alert { get; init; }
}
