using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Tests.TimeSeries;

public sealed class ChunkCodecTests
{
    private static readonly double[] Odd =
        [0, -0.0, 1, -1, 0.1, 3.42, 1.0 / 3, double.MaxValue, double.MinValue, double.Epsilon, 9_007_199_254_740_993, 1e15, -273.15, 12.3456789, 1e-9, 2e-10];

    [Fact]
    public void Decode_WhenPointsAreOfAnyKind_GivesEveryBitBack()
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var decimals = random.Next(0, 12);
            var points = SamplePoints.Of(random, random.Next(1, ChunkCodec.MostPoints + 1), index => round % 3 == 0
                ? Odd[random.Next(Odd.Length)]
                : Math.Round(random.NextDouble() * 100, decimals));

            var decoded = ChunkCodec.Decode(ChunkCodec.Encode(points));

            decoded.Select(Bits).ShouldBe(points.Select(Bits));
        }
    }

    [Fact]
    public void Encode_WhenAGaugeReportsEachMinuteWithTwoDecimals_TakesLessThanFourBytesAPoint()
    {
        var random = new Random(7);
        var points = Enumerable.Range(0, ChunkCodec.MostPoints)
            .Select(minute => new Point(minute * 60_000_000L, Math.Round(3 + Math.Sin(minute / 100.0) + (random.NextDouble() / 50), 2), (minute * 60_000_000L) + 200_000))
            .ToArray();

        ChunkCodec.Encode(points).Length.ShouldBeLessThan(4 * points.Length);
    }

    [Fact]
    public void Decode_WhenBytesAreDamaged_SaysSoOrGivesPoints()
    {
        var random = new Random(11);
        var good = ChunkCodec.Encode(SamplePoints.Of(random, 200, _ => Math.Round(random.NextDouble(), 3)));
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = good[..random.Next(0, good.Length + 1)];
            for (var change = random.Next(0, 4); change > 0 && damaged.Length > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                ChunkCodec.Decode(damaged).Length.ShouldBeLessThanOrEqualTo(ChunkCodec.MostPoints);
            }
            catch (InvalidDataException exception)
            {
                exception.Message.ShouldStartWith("Stored readings are");
            }
        }
    }

    private static (long, long, long) Bits(Point point) => (point.T, BitConverter.DoubleToInt64Bits(point.Value), point.ReceivedAt);
}
