using Google.Protobuf;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Tests.Vehicles;
using SmartCity.Transit.Vehicles.Plans;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Tests.Realtime.Reading;

/// <summary>A message without fault, for tests to break in one place each.</summary>
internal static class GoodFeed
{
    /// <summary>Four minutes after the run's start.</summary>
    public static readonly DateTimeOffset Now = Line.Morning + TimeSpan.FromMinutes(4);

    public static readonly TripPlan Run = Line.Straight() with { DirectionId = 0 };

    /// <summary>Beside <see cref="Run"/> a trip that calls twice at one stop, and a station.</summary>
    public static readonly PlanSet Plans = new("v1", [Run, Twice()], new PlanNames(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["t1"] = "r1", ["twice"] = "r2", ["winter"] = "r1" },
        new HashSet<string>(["r1", "r2"], StringComparer.Ordinal),
        new HashSet<string>(["a1"], StringComparer.Ordinal),
        Enumerable.Range(0, 6).ToDictionary(static stop => $"s{stop}", static _ => 0, StringComparer.Ordinal).Append(KeyValuePair.Create("station", 1)).ToDictionary(StringComparer.Ordinal)));

    public static ulong Seconds(DateTimeOffset at) => (ulong)at.ToUnixTimeSeconds();

    /// <summary>A late bus between the third and the fourth stop, its position, and an alert.</summary>
    public static FeedMessage Make() => new()
    {
        Header = new FeedHeader { GtfsRealtimeVersion = "2.0", Incrementality = FeedHeader.Types.Incrementality.FullDataset, Timestamp = Seconds(Now) },
        Entity =
        {
            new FeedEntity { Id = "u1", TripUpdate = Update() },
            new FeedEntity { Id = "v1", Vehicle = Vehicle() },
            new FeedEntity { Id = "a1", Alert = new Alert { InformedEntity = { new EntitySelector { StopId = "s2" } }, HeaderText = new TranslatedString { Translation = { new TranslatedString.Types.Translation { Text = "運休", Language = "ja" } } } } },
        },
    };

    public static FeedReading Read(FeedMessage message, FeedReading? former = null, DateTimeOffset? now = null)
        => new FeedReader(new ReaderOptions()).Read(message.ToByteArray(), former, Plans, now ?? Now);

    public static TripUpdate Update() => new()
    {
        Trip = new TripDescriptor { TripId = "t1", StartDate = "20260701", RouteId = "r1", ScheduleRelationship = TripDescriptor.Types.ScheduleRelationship.Scheduled },
        Vehicle = new VehicleDescriptor { Id = "bus" },
        Timestamp = Seconds(Now) - 5,
        StopTimeUpdate = { Call(3, 60), Call(4, 60), Call(5, 60), Call(6, 60) },
    };

    public static TripUpdate.Types.StopTimeUpdate Call(int sequence, int delay) => new()
    {
        StopSequence = (uint)sequence,
        StopId = $"s{sequence - 1}",
        ScheduleRelationship = CallRelationship.Scheduled,
        Arrival = new TripUpdate.Types.StopTimeEvent { Delay = delay, Time = Run.Stops[sequence - 1].Arrival.ToUnixTimeSeconds() + delay },
        Departure = new TripUpdate.Types.StopTimeEvent { Delay = delay, Time = Run.Stops[sequence - 1].Departure.ToUnixTimeSeconds() + delay },
    };

    private static VehiclePosition Vehicle()
    {
        var (latitude, longitude) = Line.Place(1900, 5);
        return new VehiclePosition
        {
            Trip = new TripDescriptor { TripId = "t1", StartDate = "20260701", RouteId = "r1", ScheduleRelationship = TripDescriptor.Types.ScheduleRelationship.Scheduled },
            Vehicle = new VehicleDescriptor { Id = "bus" },
            Position = new Position { Latitude = (float)latitude, Longitude = (float)longitude, Bearing = 90, Speed = 8 },
            CurrentStopSequence = 3,
            StopId = "s2",
            Timestamp = Seconds(Now) - 5,
        };
    }

    private static TripPlan Twice()
    {
        var plan = Line.Straight("twice", route: "r2");
        return plan with { Stops = [.. plan.Stops.Select(static (stop, index) => index == 5 ? stop with { StopId = "s0" } : stop)] };
    }
}
