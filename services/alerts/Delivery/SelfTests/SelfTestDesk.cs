using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Delivery.Wording;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.SelfTests;

/// <summary>Begins self-tests and says what came of them.</summary>
internal sealed class SelfTestDesk(
    AlertDbContext database, ChannelTable channels, DeliveryWording wording, WordingCatalog marks, DeliveryRunner runner, TimeProvider clock, ILogger<SelfTestDesk> log)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>The town's test recipients; those that are given and known are all of them afterwards.</summary>
    /// <returns>The ids that are not the town's subscriptions, which changes nothing.</returns>
    public async Task<IReadOnlyList<string>> SetRecipientsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var known = await database.Set<Subscription>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        if (ids.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
        {
            return unknown;
        }

        await database.Set<Subscription>().Where(row => row.IsTestRecipient || ids.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsTestRecipient, row => ids.Contains(row.Id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [];
    }

    /// <param name="id">Given for the one of a month; null when that month's is there already.</param>
    public async Task<SelfTest?> BeginAsync(Town town, string? id, string? officer, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (id is not null && await database.Set<SelfTest>().AnyAsync(row => row.Id == id, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var view = MessageOf(town, CapTime.WholeSeconds(now));
        var test = new SelfTest
        {
            Id = id ?? SubscriptionSecrets.NewId(),
            Municipality = town.Code,
            StartedAt = now,
            StartedBy = officer,
            MessageId = view.Id,
            Expires = view.Expires,
            IsReported = false,
        };
        database.Add(test);
        database.Add(new PlanEntry
        {
            Municipality = town.Code,
            MessageId = view.Id,
            AlertId = view.AlertId,
            MsgType = view.MsgType,
            IssuedAt = now,
            Expires = view.Expires,
            Payload = JsonSerializer.Serialize(view, CityJson.Options),
            IsSelfTest = true,
            PlannedTo = "",
        });
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        runner.Wake();
        log.SelfTestBegan(town.Code, test.Id, officer ?? "the calendar");
        return test;
    }

    /// <summary>What came of it, channel by channel; also of those that have no recipient, which therefore nobody knows to work.</summary>
    public async Task<SelfTestView> ViewAsync(SelfTest test, CancellationToken cancellationToken)
    {
        var rows = await database.Set<LedgerEntry>().AsNoTracking()
            .Where(row => database.Set<PlanEntry>().Any(plan => plan.Sequence == row.Sequence && plan.MessageId == test.MessageId))
            .ToListAsync(cancellationToken);
        var planned = await database.Set<PlanEntry>().AnyAsync(plan => plan.MessageId == test.MessageId && plan.PlannedAt != null, cancellationToken);
        var results = channels.All.Select(channel => ResultOf(channel, [.. rows.Where(row => row.Channel == channel.Name)], planned)).ToList();
        return new SelfTestView(
            test.Id, test.StartedAt, test.StartedBy, planned && rows.TrueForAll(row => row.NextAt is null), results.TrueForAll(result => result.Status is "delivered" or "not-offered"), results);
    }

    private static SelfTestResult ResultOf(IDeliveryChannel channel, IReadOnlyList<LedgerEntry> rows, bool planned)
    {
        if (channel.NotOffered is { } why)
        {
            return new SelfTestResult(channel.Name, "not-offered", why, 0, 0);
        }

        if (rows.Count == 0)
        {
            return new SelfTestResult(channel.Name, planned ? "no-recipient" : "waiting", planned ? "No test recipient uses this channel." : null, 0, 0);
        }

        var delivered = rows.Count(row => row.State is DeliveryState.Sent or DeliveryState.Confirmed);
        var status = delivered == rows.Count ? "delivered" : rows.Any(row => row.NextAt is not null) ? "waiting" : "failed";
        return new SelfTestResult(channel.Name, status, rows.Select(row => row.Why).FirstOrDefault(reason => reason is not null), rows.Count, delivered);
    }

    private AlertView MessageOf(Town town, DateTimeOffset sent)
    {
        var id = AlertIdentifier.New(town.Code, sent);
        return new AlertView
        {
            Id = id,
            AlertId = id,
            Municipality = town.Code,
            Status = nameof(CapStatus.Test),
            MsgType = nameof(CapMsgType.Alert),
            Level = null,
            Severity = nameof(CapSeverity.Unknown),
            Hazard = "self-test",
            Sent = sent,
            Expires = sent + Lasts,
            Info = [.. wording.Languages.Select(words => new AlertInfoView(
                words.Language, words.SelfTestEvent, marks.MarkOf(CapStatus.Test, words.Language).Trim(), words.SelfTestHeadline.Replace("{town}", town.Name.In(words.Language), StringComparison.Ordinal),
                words.SelfTestDescription, words.SelfTestInstruction, town.Name.In(words.Language)))],
        };
    }
}

/// <param name="StartedBy">Token subject of the officer, or null for the one of the month.</param>
/// <param name="IsComplete">Whether nothing is under way any more.</param>
/// <param name="IsProven">Whether every channel that is offered delivered.</param>
public sealed record SelfTestView(string Id, DateTimeOffset StartedAt, string? StartedBy, bool IsComplete, bool IsProven, IReadOnlyList<SelfTestResult> Channels);

/// <param name="Status"><c>delivered</c>, <c>waiting</c>, <c>failed</c>, <c>no-recipient</c> or <c>not-offered</c>.</param>
public sealed record SelfTestResult(string Channel, string Status, string? Why, int Recipients, int Delivered);
