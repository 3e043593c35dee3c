using System.Buffers;
using System.Text;
using SmartCity.Transit.Vehicles.Intake;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Vehicles;

public class PositionDecoderTests
{
    private static readonly DateTimeOffset Received = Line.Morning;

    [Fact]
    public void Decode_WhenAllIsSaid_AllIsRead()
    {
        var position = One("""
            {"t":"2026-07-01T07:59:58+09:00","latitudeDegrees":36.8,"longitudeDegrees":137.4,"bearingDegrees":360,"speedMetresPerSecond":8.5,
             "tripId":"t1","startDate":"2026-07-01","routeId":"r1","occupancy":"FEW_SEATS_AVAILABLE","label":"12号車"}
            """);

        position.At.ShouldBe(Received - TimeSpan.FromSeconds(2));
        position.BearingDegrees.ShouldBe(0);
        position.SpeedMetresPerSecond.ShouldBe(8.5);
        position.TripId.ShouldBe("t1");
        position.StartDate.ShouldBe("20260701");
        position.Occupancy.ShouldBe(Occupancy.FewSeatsAvailable);
        position.Label.ShouldBe("12号車");
    }

    [Theory]
    [InlineData("""{"latitudeDegrees":36.8,"longitudeDegrees":137.4}""")]
    [InlineData("""{"t":1782860400,"latitudeDegrees":36.8,"longitudeDegrees":137.4,"bearingDegrees":"north","occupancy":99,"tripId":7}""")]
    public void Decode_WhenOnlyThePlaceMakesSense_ThePlaceIsTaken(string payload)
    {
        var position = One(payload);

        position.At.ShouldBe(Received);
        position.BearingDegrees.ShouldBeNull();
        position.Occupancy.ShouldBeNull();
        position.TripId.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"batteryShare":0.9}""", "position-missing")]
    [InlineData("""{"latitudeDegrees":91,"longitudeDegrees":137.4}""", "position-invalid")]
    [InlineData("""{"latitudeDegrees":0,"longitudeDegrees":0}""", "position-invalid")]
    [InlineData("""{"latitudeDegrees":36.8}""", "position-invalid")]
    [InlineData("""{"t":"today","latitudeDegrees":36.8,"longitudeDegrees":137.4}""", "time-invalid")]
    [InlineData("""{"t":"2026-07-01T08:00:00","latitudeDegrees":36.8,"longitudeDegrees":137.4}""", "time-invalid")]
    [InlineData("<html>", "payload-malformed")]
    [InlineData("""{"latitudeDegrees":36.8,"longitudeDegrees":137.4,"label":"\ud800"}""", "payload-malformed")]
    [InlineData("\"here\"", "payload-malformed")]
    public void Decode_WhenItIsNoPosition_FaultThatSaysWhy(string payload, string code)
    {
        var (positions, fault) = Decode(payload);

        positions.ShouldBeEmpty();
        fault!.Code.ShouldBe(code);
    }

    [Fact]
    public void Decode_WhenAnArrayIsOutOfOrderAndPartlyBroken_InOrderAndTheFaultBesideIt()
    {
        var (positions, fault) = Decode("""
            [{"t":"2026-07-01T08:00:20+09:00","latitudeDegrees":36.8,"longitudeDegrees":137.4},{"latitudeDegrees":"?"},
             {"t":"2026-07-01T08:00:10+09:00","latitudeDegrees":36.8,"longitudeDegrees":137.4}]
            """);

        positions.Select(position => (position.At - Received).TotalSeconds).ShouldBe([10, 20]);
        fault!.Code.ShouldBe("position-invalid");
    }

    [Fact]
    public void Decode_WhenTooLarge_RefusedUnread() => Decode(new string(' ', PositionDecoder.MostBytes + 1)).Fault!.Code.ShouldBe("payload-too-large");

    private static PositionReport One(string payload)
    {
        var (positions, fault) = Decode(payload);
        fault.ShouldBeNull();
        return positions.ShouldHaveSingleItem();
    }

    private static (IReadOnlyList<PositionReport> Positions, PositionFault? Fault) Decode(string payload)
        => PositionDecoder.Decode(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)), Received);
}
