using System.Text.Json;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Reach;

/// <summary>Counts whom a message would reach, before there is one.</summary>
internal sealed class DraftReach(TownDatabases databases, AlertFeeds feeds, TimeProvider clock)
{
    /// <param name="message">As it would be sent now; null where nothing would be.</param>
    public async Task<DraftReachView> ReadAsync(Town town, AlertView? message, CancellationToken cancellationToken)
    {
        var districts = Districts.Of(town).Count;
        var channels = message is null ? [] : await CountAsync(town, message, cancellationToken);
        var feed = await feeds.OfAsync(town.Code, cancellationToken);
        return new DraftReachView(
            clock.GetUtcNow(), message?.MsgType, message?.Level, message?.Area, message?.Info ?? [], channels.Sum(channel => channel.Recipients), channels, feed.Hub.CountOf(town.Code),
            districts, message is null ? 0 : districts - DistrictReach.Missed(town, message.Area).Count);
    }

    private async Task<IReadOnlyList<ChannelAudience>> CountAsync(Town town, AlertView message, CancellationToken cancellationToken)
    {
        // Every message that there is comes before one that is not there yet.
        var plan = new DeliveryPlan(long.MaxValue, town.Code, message.AlertId, message.MsgType, JsonSerializer.Serialize(message, CityJson.Options), IsSelfTest: false, PlannedTo: "");
        var audience = Audience.Of(town, plan);
        await using var ledger = await LedgerConnection.ToReadAsync(databases, databases.Of(databases.OwnerOf(town.Code)), cancellationToken);
        await using var command = ledger.Command(
            $"SELECT a.channel, COUNT(*) {Audience.Subscriptions} AND {audience.Condition} GROUP BY a.channel ORDER BY a.channel",
            null, [("@municipality", town.Code), .. audience.Values]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var channels = new List<ChannelAudience>();
        while (await reader.ReadAsync(cancellationToken))
        {
            channels.Add(new ChannelAudience(reader.GetString(0), (int)reader.GetInt64(1)));
        }

        return channels;
    }
}

/// <summary>Whom an approval would reach if it came now.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="MsgType">CAP msgType of the message: <c>Alert</c> or <c>Update</c>; null: an approval would send nothing, or would be refused.</param>
/// <param name="Level">Japanese alert level that residents would read.</param>
/// <param name="Area">As GeoJSON; null for the whole town.</param>
/// <param name="Info">What residents would read, one block per language: where a rule asks, of its newest reading; drills and tests marked.</param>
/// <param name="Recipients">Subscriptions that would be told.</param>
/// <param name="Channels">The same by the channel that is tried first.</param>
/// <param name="OpenPages">Pages of the town that are connected to this node now.</param>
/// <param name="Districts">How many the town has.</param>
/// <param name="DistrictsTold">Of these, those that the area touches, or may touch.</param>
public sealed record DraftReachView(
    DateTimeOffset AsOf, string? MsgType, int? Level, JsonElement? Area, IReadOnlyList<AlertInfoView> Info, int Recipients, IReadOnlyList<ChannelAudience> Channels,
    int OpenPages, int Districts, int DistrictsTold);

/// <param name="Channel">Its name.</param>
/// <param name="Recipients">Subscriptions whose first address it is.</param>
public sealed record ChannelAudience(string Channel, int Recipients);

/// <summary>A draft before it is written.</summary>
/// <param name="Info">What residents would read, one block per language; drills and tests are marked when they are sent.</param>
/// <param name="Reach">Whom it would reach.</param>
public sealed record DraftPreviewView(IReadOnlyList<AlertInfoView> Info, DraftReachView Reach);
