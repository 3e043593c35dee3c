using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Delivery.Channels;

/// <summary>
/// One way to reach people: a new one (SMS, LINE, L-Alert) is one file that implements this, and one line in
/// <see cref="DeliveryServices"/>. Queue, retries, leases, limits by host, ledger and reach come by themselves.
/// </summary>
public interface IDeliveryChannel
{
    /// <summary>As subscriptions and the ledger name it, in kebab-case; never to be changed.</summary>
    string Name { get; }

    /// <summary>Why nobody can subscribe by it on this installation, or null where they can.</summary>
    string? NotOffered { get; }

    /// <summary>Whether the owner must confirm the address, because anybody can type it.</summary>
    bool NeedsConfirmation { get; }

    /// <summary>Reads and checks an address that a subscriber gave. Nothing is sent.</summary>
    /// <exception cref="AddressFaultException">It is no address of this channel; the message says why.</exception>
    ChannelAddress Read(AddressRequest given);

    /// <summary>The machine that a stored address leads to: what is slow or dead there holds up nobody elsewhere.</summary>
    string HostOf(string stored);

    /// <summary>How many may be under way to one machine; null for the installation's setting.</summary>
    int? MostAtOnce => null;

    /// <summary>Tries once. Throws for nothing that a receiver or a network can do.</summary>
    Task<DeliveryOutcome> SendAsync(DeliveryJob job, CancellationToken cancellationToken);

    /// <summary>Asks the owner of an address whether they want it; only where <see cref="NeedsConfirmation"/>.</summary>
    Task<DeliveryOutcome> AskAsync(Town town, string stored, string token, IReadOnlyList<string> languages, CancellationToken cancellationToken)
        => throw new NotSupportedException($"{Name} needs no confirmation.");
}

/// <summary>An address as a subscriber gives it: the channel's name, and what that channel needs.</summary>
public sealed record AddressRequest
{
    public required string Channel { get; init; }

    /// <summary>The channel's own fields.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Fields { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <exception cref="AddressFaultException">The field is missing, no text, or too long.</exception>
    public string Text(string field, int longest) => Fields.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        ? text.Length <= longest ? text : throw new AddressFaultException($"'{field}' has {text.Length} characters; {longest} are allowed.")
        : throw new AddressFaultException($"'{field}' is missing.");
}

/// <summary>An address that was read.</summary>
/// <param name="Stored">What <see cref="IDeliveryChannel.SendAsync"/> needs; it is encrypted before it is stored.</param>
/// <param name="Key">What makes it the same address as another.</param>
/// <param name="Masked">What staff may see.</param>
/// <param name="ShownOnce">A secret that the subscriber is shown now and never again, or null.</param>
public sealed record ChannelAddress(string Stored, string Key, string Masked, string? ShownOnce = null);

/// <summary>What a subscriber gave is no address of the channel.</summary>
public sealed class AddressFaultException(string message) : Exception(message);
