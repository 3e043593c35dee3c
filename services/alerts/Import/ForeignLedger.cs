using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Import;

/// <summary>What is known of a town's messages by their identity, which is sender, identifier and time.</summary>
public sealed class ForeignLedger(AlertDbContext database)
{
    public static string HashOf(CapAlert alert) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CapWriter.Write(alert with { Sent = alert.Sent.ToUniversalTime() }))));

    public Task<ForeignMessage?> FindAsync(CapAlert alert, CancellationToken cancellationToken)
        => database.Set<ForeignMessage>().FirstOrDefaultAsync(
            row => row.Sender == alert.Sender && row.Identifier == alert.Identifier && row.Sent == alert.Sent, cancellationToken);

    /// <summary>The town's own message of this identity: its CAP documents come back to it by other ways.</summary>
    public Task<AlertMessage?> FindOwnAsync(CapAlert alert, CancellationToken cancellationToken)
        => database.Messages.AsNoTracking().FirstOrDefaultAsync(
            row => row.Identifier == null && row.Id == alert.Identifier && row.Sender == alert.Sender && row.Sent == alert.Sent, cancellationToken);

    /// <summary>The message that replaced or ended this one before it came, the latest if there are several.</summary>
    public async Task<ForeignMessage?> SupersederAsync(CapAlert alert, CancellationToken cancellationToken)
    {
        var byIds = database.Set<ForeignReference>()
            .Where(row => row.Sender == alert.Sender && row.Identifier == alert.Identifier && row.Sent == alert.Sent)
            .Select(row => row.ById);
        var status = alert.Status.ToString();
        return await database.Set<ForeignMessage>().Where(row => byIds.Contains(row.Id) && row.Status == status)
            .OrderByDescending(row => row.Sent).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// The chains that a message's references lead to: those of the named messages, and those of other messages that name the same
    /// ones. A drill never touches what is real; an authority ends and replaces its own messages alone, and nobody those of the town.
    /// </summary>
    public async Task<IReadOnlyList<AlertChain>> ChainsAsync(CapAlert alert, CancellationToken cancellationToken)
    {
        // One question for all of them: an alert that is updated every few minutes names dozens.
        var named = OwnReferences(alert).Select(reference => (reference.Identifier, reference.Sent.ToUniversalTime())).ToHashSet();
        var identifiers = named.Select(reference => reference.Identifier).Distinct(StringComparer.Ordinal).ToList();
        var times = OwnReferences(alert).Select(reference => reference.Sent).Distinct().ToList();
        var messages = await database.Messages
            .Where(row => row.Sender == alert.Sender && times.Contains(row.Sent) && identifiers.Contains(row.Identifier ?? row.Id))
            .Select(row => new { Identifier = row.Identifier ?? row.Id, row.Sent, row.AlertId })
            .ToListAsync(cancellationToken);
        var byOthers = await database.Set<ForeignReference>()
            .Where(row => row.Sender == alert.Sender && identifiers.Contains(row.Identifier) && times.Contains(row.Sent))
            .Join(database.Set<ForeignMessage>().Where(row => row.AlertId != null), row => row.ById, row => row.Id, (reference, message) => new { reference.Identifier, reference.Sent, AlertId = message.AlertId! })
            .Distinct()
            .ToListAsync(cancellationToken);
        // An identifier and a time that are both named, but not together, are another message's.
        var ids = messages.Concat(byOthers)
            .Where(row => named.Contains((row.Identifier, row.Sent.ToUniversalTime())))
            .Select(row => row.AlertId)
            .ToHashSet(StringComparer.Ordinal);
        var status = alert.Status.ToString();
        return await database.Chains.Where(chain => ids.Contains(chain.AlertId) && chain.Status == status && chain.Origin != null)
            .OrderBy(chain => chain.AlertId).ToListAsync(cancellationToken);
    }

    public Task<AlertMessage> NewestAsync(AlertChain chain, CancellationToken cancellationToken)
        => database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken);

    /// <summary>Whoever could name another's messages could end them.</summary>
    private static IEnumerable<CapReference> OwnReferences(CapAlert alert) => alert.References.Where(reference => reference.Sender == alert.Sender);

    public void AddReferences(Town town, CapAlert alert, string id)
    {
        foreach (var reference in OwnReferences(alert).DistinctBy(named => (named.Sender, named.Identifier, named.Sent.UtcTicks)))
        {
            database.Add(new ForeignReference
            {
                Municipality = town.Code,
                Sender = reference.Sender,
                Identifier = reference.Identifier,
                Sent = reference.Sent,
                ById = id,
            });
        }
    }
}
