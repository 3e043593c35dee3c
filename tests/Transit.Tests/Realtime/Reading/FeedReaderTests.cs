using System.Text;
using Google.Protobuf;
using SmartCity.Contracts;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Wire;
using CallEvent = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeEvent;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;
using Relationship = SmartCity.Transit.Realtime.Wire.TripDescriptor.Types.ScheduleRelationship;

namespace SmartCity.Transit.Tests.Realtime.Reading;

public class FeedReaderTests
{
    private static readonly Dictionary<string, Action<FeedMessage>> Faults = new(StringComparer.Ordinal)
    {
        ["E001 header"] = static feed => feed.Header.Timestamp *= 1000,
        ["E001 update"] = static feed => Update(feed).Timestamp *= 1000,
        ["E001 arrival"] = static feed => Update(feed).StopTimeUpdate[3].Arrival.Time = 5,
        ["E002"] = static feed => (Update(feed).StopTimeUpdate[0], Update(feed).StopTimeUpdate[1]) = (GoodFeed.Call(4, 60), GoodFeed.Call(3, 60)),
        ["E003"] = static feed => Update(feed).Trip.TripId = "of-another-version",
        ["E003 alert"] = static feed => Selector(feed).Trip = new TripDescriptor { TripId = "of-another-version" },
        ["E004"] = static feed => Vehicle(feed).Trip.RouteId = "of-another-version",
        ["E009"] = static feed =>
        {
            Update(feed).Trip = new TripDescriptor { TripId = "twice", ScheduleRelationship = Relationship.Scheduled };
            Update(feed).StopTimeUpdate[0] = new TripUpdate.Types.StopTimeUpdate { StopId = "s0", Arrival = new CallEvent { Delay = 60 } };
        },
        ["E011"] = static feed => Vehicle(feed).StopId = "nowhere",
        ["E012"] = static feed => Update(feed).Timestamp = GoodFeed.Seconds(GoodFeed.Now) + 10,
        ["E015"] = static feed => Vehicle(feed).StopId = "station",
        ["E016"] = static feed => Update(feed).Trip.ScheduleRelationship = Relationship.Added,
        ["E020"] = static feed => Update(feed).Trip.StartTime = "8 o'clock",
        ["E021"] = static feed => Update(feed).Trip.StartDate = "2026-07-01",
        ["E022"] = static feed => Update(feed).StopTimeUpdate[1].Arrival.Time = Update(feed).StopTimeUpdate[0].Arrival.Time - 60,
        ["E023"] = static feed => Update(feed).Trip.StartTime = "08:01:00",
        ["E024"] = static feed => Update(feed).Trip.DirectionId = 1,
        ["E025"] = static feed => Update(feed).StopTimeUpdate[0].Departure.Time = Update(feed).StopTimeUpdate[0].Arrival.Time - 1,
        ["E026"] = static feed => Vehicle(feed).Position.Latitude = 137,
        ["E026 nowhere"] = static feed => Vehicle(feed).Position = null,
        ["E027"] = static feed => Vehicle(feed).Position.Bearing = -90,
        ["E029"] = static feed => Vehicle(feed).Position.Latitude += 0.003f,
        ["E030"] = static feed => (Selector(feed).RouteId, Selector(feed).Trip) = ("r2", new TripDescriptor { TripId = "t1" }),
        ["E031"] = static feed => (Selector(feed).RouteId, Selector(feed).Trip) = ("r1", new TripDescriptor { RouteId = "r2" }),
        ["E032"] = static feed => feed.Entity[2].Alert.InformedEntity.Clear(),
        ["E033"] = static feed => feed.Entity[2].Alert.InformedEntity[0] = new EntitySelector(),
        ["E034"] = static feed => Selector(feed).AgencyId = "another",
        ["E035"] = static feed => Update(feed).Trip.RouteId = "r2",
        ["E036"] = static feed => Update(feed).StopTimeUpdate[1].StopSequence = 3,
        ["E037"] = static feed => (Update(feed).StopTimeUpdate[0], Update(feed).StopTimeUpdate[1]) = (ById("s2"), ById("s2")),
        ["E038"] = static feed => feed.Header.GtfsRealtimeVersion = "3",
        ["E039"] = static feed => feed.Entity[2].IsDeleted = true,
        ["E040"] = static feed => { Update(feed).StopTimeUpdate[0].ClearStopId(); Update(feed).StopTimeUpdate[0].ClearStopSequence(); },
        ["E041"] = static feed => Update(feed).StopTimeUpdate.Clear(),
        ["E042"] = static feed => Update(feed).StopTimeUpdate[0].ScheduleRelationship = CallRelationship.NoData,
        ["E043"] = static feed => (Update(feed).StopTimeUpdate[0].Arrival, Update(feed).StopTimeUpdate[0].Departure) = (null, null),
        ["E044"] = static feed => Update(feed).StopTimeUpdate[0].Arrival = new CallEvent(),
        ["E045"] = static feed => Update(feed).StopTimeUpdate[0].StopId = "s5",
        ["E047"] = static feed => Vehicle(feed).Trip = new TripDescriptor { TripId = "twice", ScheduleRelationship = Relationship.Scheduled },
        ["E048"] = static feed => feed.Header.ClearTimestamp(),
        ["E049"] = static feed => feed.Header.ClearIncrementality(),
        ["E050 header"] = static feed => feed.Header.Timestamp += 3600,
        ["E050 update"] = static feed => Update(feed).Timestamp += 3600,
        ["E051"] = static feed => Vehicle(feed).CurrentStopSequence = 77,
        ["E052"] = static feed => feed.Entity.Add(new FeedEntity { Id = "v2", Vehicle = Vehicle(feed).Clone() }),
        ["W001"] = static feed => Vehicle(feed).ClearTimestamp(),
        ["W002"] = static feed => Vehicle(feed).Vehicle = null,
        ["W004"] = static feed => Vehicle(feed).Position.Speed = 80,
        ["W006"] = static feed => Update(feed).Trip = null,
        ["W008"] = static feed => feed.Header.Timestamp -= 300,
        ["W009"] = static feed => Update(feed).Trip.ClearScheduleRelationship(),
        ["entity-without-id"] = static feed => feed.Entity[1].ClearId(),
        ["entity-id-repeated"] = static feed => feed.Entity[1].Id = "u1",
        ["entity-empty"] = static feed => feed.Entity.Add(new FeedEntity { Id = "x" }),
        ["delay-absurd"] = static feed => Update(feed).StopTimeUpdate[0].Arrival.Delay = int.MinValue,
        ["trip-not-running"] = static feed => Update(feed).Trip.TripId = "winter",
        ["header-missing"] = static feed => feed.Header = null,
    };

    public static TheoryData<string> AllFaults => [.. Faults.Keys];

    [Fact]
    public void Read_WhenAllIsWell_NoNotice()
    {
        var reading = GoodFeed.Read(GoodFeed.Make());

        reading.Message.ShouldNotBeNull();
        reading.Notices.Notices.ShouldBeEmpty();
        reading.At.ShouldBe(GoodFeed.Now);
    }

    [Theory]
    [MemberData(nameof(AllFaults))]
    public void Read_WhenOneThingIsWrong_ItsNotice(string fault)
    {
        var code = fault.Split(' ')[0];
        var message = GoodFeed.Make();
        Faults[fault](message);

        var reading = GoodFeed.Read(message);

        reading.Message.ShouldNotBeNull("what is right in it is to be used");
        var notice = reading.Notices.Notices.FirstOrDefault(notice => notice.Code == code).ShouldNotBeNull($"there is only {string.Join(", ", reading.Notices.Counts.Keys)}");
        notice.Severity.ShouldBe(code[0] == 'W' ? NoticeSeverity.Warning : NoticeSeverity.Error);
        notice.Message.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>502</body></html>", "not-protobuf", "web page")]
    [InlineData("  <?xml version='1.0'?><error/>", "not-protobuf", "XML")]
    [InlineData("{\"error\":\"no key\"}", "not-protobuf", "JSON")]
    [InlineData("PK\u0003\u0004 and so on", "not-protobuf", "zip")]
    [InlineData("\u0012\u0034 neither this nor that", "feed-truncated", "cut off")]
    [InlineData("", "feed-empty", "no bytes")]
    public void Read_WhenItIsSomethingElse_NotTakenAndSaidWhat(string content, string code, string word)
    {
        var reading = Read(Encoding.UTF8.GetBytes(content));

        reading.Message.ShouldBeNull();
        var notice = reading.Notices.Notices.ShouldHaveSingleItem();
        notice.Code.ShouldBe(code);
        notice.Message.ShouldContain(word);
    }

    [Fact]
    public void Read_WhenCutOffAnywhere_NeverThrows()
    {
        var whole = GoodFeed.Make().ToByteArray();
        for (var length = 1; length < whole.Length; length++)
        {
            var reading = Read(whole[..length]);
            (reading.Message is null).ShouldBe(reading.Notices.Counts.ContainsKey("feed-truncated") || reading.Notices.Counts.ContainsKey("not-protobuf"), $"{length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void Read_WhenBytesAreFlippedAtRandom_NeverThrows()
    {
        var random = new Random(4);
        var whole = GoodFeed.Make().ToByteArray();
        for (var round = 0; round < 2_000; round++)
        {
            var broken = whole.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            Read(broken).Notices.ShouldNotBeNull();
        }
    }

    [Fact]
    public void Read_WhenTooLargeOrTooMany_NotRead()
    {
        new FeedReader(new ReaderOptions { MostBytes = 1024 }).Read(new byte[1025], null, null, GoodFeed.Now).Notices.Counts.Keys.ShouldContain("feed-too-large");
        new FeedReader(new ReaderOptions { MostEntities = 2 }).Read(GoodFeed.Make().ToByteArray(), null, null, GoodFeed.Now).Message.ShouldBeNull();
    }

    [Fact]
    public void Read_WhenOlderThanTheOneBefore_E018AndNotTaken()
    {
        var former = GoodFeed.Read(GoodFeed.Make());
        var message = GoodFeed.Make();
        message.Header.Timestamp -= 10;

        var reading = GoodFeed.Read(message, former);

        reading.Message.ShouldBeNull();
        reading.Notices.Counts.Keys.ShouldContain("E018");
    }

    [Fact]
    public void Read_WhenChangedUnderTheSameTimestamp_E017()
    {
        var former = GoodFeed.Read(GoodFeed.Make());
        var message = GoodFeed.Make();
        Update(message).StopTimeUpdate[0].Arrival.Uncertainty = 7;

        GoodFeed.Read(message, former).Notices.Counts.Keys.ShouldContain("E017");
        GoodFeed.Read(GoodFeed.Make(), former).Notices.Counts.ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenAMinuteAfterTheOneBefore_W007()
    {
        var former = GoodFeed.Read(GoodFeed.Make());
        var message = GoodFeed.Make();
        message.Header.Timestamp += 60;

        GoodFeed.Read(message, former, GoodFeed.Now + TimeSpan.FromSeconds(60)).Notices.Counts.Keys.ShouldContain("W007");
    }

    [Fact]
    public void Read_WhenThousandsAreWrong_SomeAreShownAndAllCounted()
    {
        var message = GoodFeed.Make();
        for (var entity = 0; entity < 3_000; entity++)
        {
            message.Entity.Add(new FeedEntity { Id = $"x{entity}", TripUpdate = new TripUpdate { Trip = new TripDescriptor { TripId = $"unknown-{entity}", ScheduleRelationship = Relationship.Canceled } } });
        }

        var notices = GoodFeed.Read(message).Notices;

        notices.Counts["E003"].ShouldBe(3_000);
        notices.Notices.Count(static notice => notice.Code == "E003").ShouldBe(10);
    }

    private static FeedReading Read(byte[] content) => new FeedReader(new ReaderOptions()).Read(content, null, GoodFeed.Plans, GoodFeed.Now);

    private static TripUpdate Update(FeedMessage feed) => feed.Entity[0].TripUpdate;

    private static VehiclePosition Vehicle(FeedMessage feed) => feed.Entity[1].Vehicle;

    private static EntitySelector Selector(FeedMessage feed) => feed.Entity[2].Alert.InformedEntity[0];

    private static TripUpdate.Types.StopTimeUpdate ById(string stop) => new() { StopId = stop, Arrival = new CallEvent { Delay = 60 } };
}
