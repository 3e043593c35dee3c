using SmartCity.Telemetry.Streaming;

namespace SmartCity.Telemetry.Tests.Streaming;

public sealed class ConflatingBufferTests
{
    [Fact]
    public void Take_WhenThereIsRoom_GivesEveryReadingInOrder()
    {
        var buffer = new ConflatingBuffer(mostReadings: 3);
        Add(buffer, ("a", 1), ("a", 2), ("b", 1));
        var (readings, conflated) = buffer.Take();
        readings.Select(reading => (reading.Device, reading.T)).ShouldBe([("a", 1), ("a", 2), ("b", 1)]);
        conflated.ShouldBe(0);
        buffer.Take().Readings.ShouldBeEmpty();
    }

    [Fact]
    public void Add_WhenThereAreTooMany_KeepsTheNewestOfEachSeries()
    {
        var buffer = new ConflatingBuffer(mostReadings: 3);
        Add(buffer, ("a", 1), ("a", 5), ("b", 1), ("a", 4), ("b", 2), ("c", 7));
        var (readings, conflated) = buffer.Take();
        readings.Select(reading => (reading.Device, reading.T)).ShouldBe([("a", 5), ("b", 2), ("c", 7)]);
        conflated.ShouldBe(3);
    }

    [Fact]
    public void Add_WhenAFloodComes_NeverHoldsMoreThanTheSeriesAndTheBound()
    {
        var buffer = new ConflatingBuffer(mostReadings: 50);
        for (var t = 0; t < 100_000; t++)
        {
            Add(buffer, ($"device-{t % 20}", t));
            buffer.Count.ShouldBeLessThanOrEqualTo(50);
        }

        buffer.Take().Readings.Select(reading => reading.T).Order().ShouldBe(Enumerable.Range(99_980, 20).Select(t => (long)t));
    }

    [Fact]
    public void Take_WhenItWasConflating_BeginsAnewWithEveryReading()
    {
        var buffer = new ConflatingBuffer(mostReadings: 1);
        Add(buffer, ("a", 1), ("a", 2));
        buffer.Take();
        Add(buffer, ("a", 3));
        Add(buffer, ("a", 4), ("b", 1), ("a", 5));
        var (readings, conflated) = buffer.Take();
        readings.Select(reading => (reading.Device, reading.T)).ShouldBe([("a", 5), ("b", 1)]);
        conflated.ShouldBe(2);
    }

    private static void Add(ConflatingBuffer buffer, params (string Device, long T)[] readings)
    {
        foreach (var (device, t) in readings)
        {
            buffer.Add(new LiveReading(device, "m", t, 0));
        }
    }
}
