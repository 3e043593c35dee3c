using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Wording;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>
/// Takes subscriptions. An address has one: who asks again for one that they prove to be theirs (by its secret, or by the keys
/// of the same browser) changes it, who asks again for a mailbox is asked there. A mailbox reserves nothing before it is confirmed,
/// and no answer tells whether somebody uses it.
/// </summary>
internal sealed class SubscriptionDesk(
    AlertDbContext database, ChannelTable channels, AddressVault vault, ConfirmationSignal confirmations, DeliveryWording wording, DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private TimeSpan ConfirmWithin => TimeSpan.FromHours(options.Value.ConfirmWithinHours);

    public async Task<Results<Created<SubscriptionView>, Ok<SubscriptionView>, Accepted<SubscriptionView>, ProblemHttpResult>> SubscribeAsync(
        Town town, SubscribeRequest request, string? secret, CancellationToken cancellationToken)
    {
        if (!channels.TryRead([.. request.Addresses!.OfType<AddressRequest>()], out var given, out var refusal))
        {
            return refusal;
        }

        var wishes = request.ToWishes(town);
        var prints = given.Select(one => vault.Fingerprint(one.Channel.Name, one.Address.Key)).ToList();
        var hash = secret is null ? null : SubscriptionSecrets.Hash(secret);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        // Also by its secret: the new address of a browser is known by nothing else.
        var known = await database.Set<Subscription>().Include(row => row.Addresses)
            .Where(row => row.Addresses.Any(address => prints.Contains(address.Fingerprint)) || (hash != null && row.SecretHash == hash))
            .ToListAsync(cancellationToken);
        var own = known.Where(row => SubscriptionSecrets.IsIt(secret, row.SecretHash) || IsSameBrowser(row, given)).ToList();
        if (own.Count > 1 || known.Except(own).Any(row => HoldsOtherThanMailbox(row, given, prints)))
        {
            return Problem.Conflict("already-subscribed", "One of these addresses has a subscription already.",
                $"Nothing was changed. To change that one, send its secret in the header '{SubscriptionSecrets.Header}', or end it first.");
        }

        var isMailboxAlone = given is [{ Channel.NeedsConfirmation: true }];
        var subscription = own.FirstOrDefault();
        if (subscription is null && isMailboxAlone && known.Find(row => row.IsOfMailboxAlone) is { } asked)
        {
            AskAgain(asked, RowsOf(known, prints[0]), wishes);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            confirmations.Set();
            return TypedResults.Accepted((string?)null, Pending(asked, wishes, given));
        }

        var isNew = subscription is null;
        string? shown = null;
        if (subscription is null)
        {
            if (await database.Set<Subscription>().CountAsync(cancellationToken) >= options.Value.SubscriptionsPerTown)
            {
                metrics.Subscribed("refused");
                return Problem.Of(StatusCodes.Status429TooManyRequests, "town-is-full", "This town takes no more subscriptions.", "Nothing was saved. Please tell the town.");
            }

            subscription = New(town, wishes);
            database.Add(subscription);
        }
        else
        {
            subscription.Apply(wishes);
        }

        await PlaceAsync(subscription, given, prints, known, cancellationToken);
        if (given.Exists(one => !one.Channel.NeedsConfirmation))
        {
            shown = SubscriptionSecrets.New();
            subscription.SecretHash = SubscriptionSecrets.Hash(shown);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        confirmations.Set();
        metrics.Subscribed(isNew ? "made" : "changed");
        return shown is null ? TypedResults.Accepted((string?)null, Pending(subscription, wishes, given))
            : isNew ? TypedResults.Created($"/api/{town.Code}/alerts/subscriptions/{subscription.Id}", View(subscription, shown, given))
            : TypedResults.Ok(View(subscription, shown, given));
    }

    /// <param name="given">What was just given, whose own secrets are shown once; none later.</param>
    public SubscriptionView View(Subscription subscription, string? secret = null, IReadOnlyList<GivenAddress>? given = null) => new(
        subscription.Id,
        subscription.Addresses.Exists(address => address.ConfirmedAt is not null) ? "active" : "confirmation-needed",
        [.. subscription.Addresses.OrderBy(address => address.Rank).Select((address, index) => new AddressView(
            address.Channel, address.Masked, address.ConfirmedAt is null ? "confirmation-needed" : "active", given?[index].Address.ShownOnce))],
        subscription.Languages, subscription.MinimumLevel, subscription.GetWishes().Hazards, subscription.District, subscription.Drills, secret,
        wording.Languages.ToDictionary(words => words.Language, words => words.Stored, StringComparer.Ordinal));

    // The same answer whether the mailbox is known or not: it tells nobody who has subscribed.
    private SubscriptionView Pending(Subscription subscription, Wishes wishes, IReadOnlyList<GivenAddress> given) => new(
        subscription.Id, "confirmation-needed", [.. given.Select(one => new AddressView(one.Channel.Name, one.Address.Masked, "confirmation-needed"))],
        wishes.Languages, wishes.MinimumLevel, wishes.Hazards, wishes.District, wishes.Drills, null,
        wording.Languages.ToDictionary(words => words.Language, words => words.Stored, StringComparer.Ordinal));

    private Subscription New(Town town, Wishes wishes) => new()
    {
        Id = SubscriptionSecrets.NewId(),
        Municipality = town.Code,
        Languages = wishes.Languages,
        MinimumLevel = wishes.MinimumLevel,
        Hazards = wishes.HazardColumn,
        District = wishes.District,
        Drills = wishes.Drills,
        CreatedAt = clock.GetUtcNow(),
    };

    // A mailbox must not be flooded by others either: one mail in a while, whatever is asked for.
    private void AskAgain(Subscription subscription, MailboxAsking mailbox, Wishes wishes)
    {
        var now = clock.GetUtcNow();
        subscription.Pending = wishes;
        var address = subscription.Addresses.Single();
        if (address.ConfirmAt is null && !mailbox.IsRecent(now))
        {
            (address.ConfirmAt, address.ConfirmTries, address.ConfirmUntil) = (now, 0, now + ConfirmWithin);
        }
    }

    private MailboxAsking RowsOf(IEnumerable<Subscription> known, string print)
        => new([.. known.SelectMany(row => row.Addresses).Where(address => address.Fingerprint == print)], ConfirmWithin);

    private static bool HoldsOtherThanMailbox(Subscription subscription, List<GivenAddress> given, List<string> prints)
        => given.Select((one, index) => (one.Channel.NeedsConfirmation, Print: prints[index]))
            .Any(one => !one.NeedsConfirmation && subscription.Addresses.Exists(address => address.Fingerprint == one.Print));

    private bool IsSameBrowser(Subscription subscription, IEnumerable<GivenAddress> given) => given.Any(one => !one.Channel.NeedsConfirmation
        && subscription.Addresses.Exists(address => address.Channel == one.Channel.Name && vault.Open(address) == one.Address.Stored));

    // The addresses take the place of those before; one that was confirmed stays so, one that was asked stays asked.
    private async Task PlaceAsync(Subscription subscription, List<GivenAddress> given, List<string> prints, List<Subscription> known, CancellationToken cancellationToken)
    {
        var mailboxes = prints.Select(print => RowsOf(known, print)).ToList();
        var before = subscription.Addresses.ToDictionary(address => address.Fingerprint, StringComparer.Ordinal);
        if (before.Count > 0)
        {
            await database.Set<SubscriptionAddress>().Where(address => address.SubscriptionId == subscription.Id).ExecuteDeleteAsync(cancellationToken);
            subscription.Addresses.ForEach(address => database.Entry(address).State = EntityState.Detached);
            subscription.Addresses.Clear();
        }

        for (var rank = 0; rank < given.Count; rank++)
        {
            var (channel, address) = given[rank];
            var row = new SubscriptionAddress
            {
                SubscriptionId = subscription.Id,
                Rank = rank,
                Municipality = subscription.Municipality,
                Channel = channel.Name,
                Fingerprint = prints[rank],
                Address = vault.Close(subscription.Municipality, subscription.Id, address.Stored),
                Masked = address.Masked,
            };
            if (channel.NeedsConfirmation)
            {
                Ask(row, before.GetValueOrDefault(prints[rank]), mailboxes[rank], isAlone: given.Count == 1);
            }
            else
            {
                row.ConfirmedAt = clock.GetUtcNow();
            }

            database.Add(row);
            if (!subscription.Addresses.Contains(row))
            {
                subscription.Addresses.Add(row);
            }
        }
    }

    private void Ask(SubscriptionAddress row, SubscriptionAddress? before, MailboxAsking mailbox, bool isAlone)
    {
        var now = clock.GetUtcNow();
        (row.ConfirmedAt, row.ConfirmHash, row.ConfirmAt) = (before?.ConfirmedAt, before?.ConfirmHash, before?.ConfirmAt);
        (row.ConfirmTries, row.ConfirmUntil) = (before?.ConfirmTries ?? 0, before?.ConfirmUntil);
        if (row.ConfirmedAt is not null || row.ConfirmAt is not null)
        {
            return;
        }

        // Whoever asks for a mailbox alone gets the link, if later; who asks with other addresses does not trouble one that is in use.
        var mayAsk = isAlone || !(mailbox.IsInUse || mailbox.IsRecent(now));
        if (mayAsk && (before is null || !mailbox.IsRecent(now)))
        {
            (row.ConfirmAt, row.ConfirmTries) = (mailbox.NextAt(now), 0);
            row.ConfirmUntil = row.ConfirmAt + ConfirmWithin;
        }

        row.ConfirmUntil ??= now + ConfirmWithin;
    }
}
