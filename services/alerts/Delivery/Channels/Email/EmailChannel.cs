using Microsoft.Extensions.Options;
using MimeKit;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Channels.Email;

/// <summary>Mails through the installation's mail server. That server taking one over is "sent", not "read".</summary>
internal sealed class EmailChannel(MailServer server, MailText text, MailLinks links, ITownDirectory towns, IOptions<DeliveryOptions> options) : IDeliveryChannel
{
    // RFC 5321 section 4.5.3.1.3.
    private const int Longest = 254;

    public string Name => "email";

    public string? NotOffered => options.Value.Smtp.Host is null ? "This installation has no mail server (Delivery:Smtp:Host)."
        : links.AreKnown ? null
        : "This installation does not say where residents reach it (Alerts:PublicUrl), so mails could hold no links.";

    public bool NeedsConfirmation => true;

    public int? MostAtOnce => options.Value.Smtp.Connections;

    public ChannelAddress Read(AddressRequest given)
    {
        var typed = given.Text("address", Longest).Trim();
        var at = typed.LastIndexOf('@');
        if (at <= 0 || !typed.AsSpan(at + 1).Contains('.') || typed.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            || !MailboxAddress.TryParse(typed, out var mailbox) || mailbox.Address != typed)
        {
            throw new AddressFaultException("'address' is no e-mail address such as taro@example.jp.");
        }

        // Domains have no case; what stands before them is the server's affair, and no server in use tells cases apart.
        return new ChannelAddress(typed, typed.ToLowerInvariant(), $"{typed[0]}…@{typed[(at + 1)..]}");
    }

    public string HostOf(string stored) => options.Value.Smtp.Host!;

    public Task<DeliveryOutcome> SendAsync(DeliveryJob job, CancellationToken cancellationToken)
        => towns.TryGet(job.Row.Municipality, out var town)
            ? server.SendAsync(text.Alert(job, town, From(town), job.Address), cancellationToken)
            : Task.FromResult(DeliveryOutcome.Refused("town-not-served"));

    public Task<DeliveryOutcome> AskAsync(Town town, string stored, string token, IReadOnlyList<string> languages, CancellationToken cancellationToken)
        => server.SendAsync(text.Confirmation(town, From(town), stored, token, languages, options.Value.ConfirmWithinHours), cancellationToken);

    private MailboxAddress From(Town town)
    {
        var address = options.Value.Smtp.From ?? (town.AlertSender.Length > 0 ? town.AlertSender : $"alerts@{options.Value.Smtp.Host}");
        return new MailboxAddress(town.Name.In("ja"), address);
    }
}
