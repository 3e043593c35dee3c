using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>
/// The town's GTFS Realtime feeds. Each is made at most once a second, by whoever asks first, and shared. As long as its entities
/// stay the same it stays the same, with its ETag, for half a minute: readers take a header older than about a minute for a feed
/// that died.
/// </summary>
internal sealed class FeedPublisher(RealtimeBoard boards, TownPlans plans, TimeProvider clock)
{
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unchanged = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Municipality, FeedKind Kind), Slot> _slots = new();
    private readonly TripUpdateWriter _trips = new(boards);
    private readonly VehicleWriter _vehicles = new(boards);

    /// <summary>The newest feed of a town.</summary>
    public PublishedFeed Get(string municipality, FeedKind kind)
    {
        var slot = _slots.GetOrAdd((municipality, kind), static _ => new Slot());
        var now = clock.GetUtcNow();
        if (slot.Newest is { } newest && now - newest.MadeAt < Shared && now >= newest.MadeAt)
        {
            return newest.Feed;
        }

        lock (slot)
        {
            if (slot.Newest is { } other && now - other.MadeAt < Shared && now >= other.MadeAt)
            {
                return other.Feed;
            }

            var feed = Make(municipality, kind, now, slot.Newest?.Feed);
            slot.Newest = new Made(now, feed);
            return feed;
        }
    }

    private PublishedFeed Make(string municipality, FeedKind kind, DateTimeOffset now, PublishedFeed? former)
    {
        var board = boards.Of(municipality).Current;
        var live = plans.Of(municipality);
        var message = new FeedMessage();
        message.Entity.AddRange(kind switch
        {
            FeedKind.VehiclePositions => _vehicles.Write(board, live, now),
            FeedKind.TripUpdates => live is null ? [] : _trips.Write(board, live, now),
            _ => AlertWriter.Write(board, now),
        });
        var content = Convert.ToHexStringLower(SHA256.HashData(message.ToByteArray()));
        if (former is not null && former.ContentHash == content && now - former.At < Unchanged)
        {
            return former;
        }

        message.Header = new FeedHeader
        {
            GtfsRealtimeVersion = "2.0",
            Incrementality = FeedHeader.Types.Incrementality.FullDataset,
            Timestamp = TripUpdateWriter.Unix(now),
        };
        if (live is not null)
        {
            message.Header.FeedVersion = live.Version;
        }

        var protobuf = message.ToByteArray();
        return new PublishedFeed(now, protobuf, Convert.ToHexStringLower(SHA256.HashData(protobuf))[..32], content);
    }

    private sealed class Slot
    {
        private Made? _newest;

        public Made? Newest
        {
            get => Volatile.Read(ref _newest);
            set => Volatile.Write(ref _newest, value);
        }
    }

    private sealed record Made(DateTimeOffset MadeAt, PublishedFeed Feed);
}
