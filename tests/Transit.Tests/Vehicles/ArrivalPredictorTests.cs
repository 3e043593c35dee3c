using Microsoft.Extensions.Options;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Tests.Vehicles;

public class ArrivalPredictorTests
{
    private readonly MemorySegmentTimes _learned = new(Options.Create(new SegmentTimesOptions()));
    private readonly TripPlan _plan = Line.Straight();

    [Fact]
    public void Predict_WhenNothingIsLearned_ByTheTimetable()
    {
        // Half way to the second stop, two minutes after it should have been there.
        var predictions = Predict(500, Line.Morning + TimeSpan.FromSeconds(240));

        predictions.Select(static stop => stop.StopIndex).ShouldBe([1, 2, 3, 4, 5]);
        Late(predictions[0]).ShouldBe(180);
        predictions.ShouldAllBe(static stop => !stop.IsLearned);
    }

    [Fact]
    public void Predict_WhenFiveVehiclesTookLonger_ByWhatTheyTook()
    {
        Observe(5, 200);

        var prediction = Predict(500, Line.Morning + TimeSpan.FromSeconds(240))[0];

        prediction.IsLearned.ShouldBeTrue();
        Late(prediction).ShouldBe(120 + 100);
    }

    [Fact]
    public void Predict_WhenFourVehiclesTookLonger_StillByTheTimetable()
    {
        Observe(4, 200);

        Predict(500, Line.Morning + TimeSpan.FromSeconds(240))[0].IsLearned.ShouldBeFalse();
    }

    [Fact]
    public void Predict_WhenOneOfManyWaitedForATrain_MedianIsNotMoved()
    {
        Observe(8, 130);
        Observe(1, 1_500);

        Late(Predict(500, Line.Morning + TimeSpan.FromSeconds(240))[0]).ShouldBe(120 + 65);
    }

    [Fact]
    public void Predict_WhenLearnedAtAnotherHourOrKindOfDay_NotUsed()
    {
        for (var count = 0; count < 6; count++)
        {
            _learned.Observe("s0", "s1", Line.Morning.AddHours(3), TimeSpan.FromSeconds(400));
            _learned.Observe("s0", "s1", Line.Morning.AddDays(4), TimeSpan.FromSeconds(400));
        }

        Predict(500, Line.Morning + TimeSpan.FromSeconds(240))[0].IsLearned.ShouldBeFalse();
    }

    [Fact]
    public void Predict_WhenEarly_WaitsForTheScheduledDeparture()
    {
        var predictions = Predict(900, Line.Morning + TimeSpan.FromSeconds(60));

        predictions[0].Arrival.ShouldBeLessThan(_plan.Stops[1].Arrival);
        predictions[0].Departure.ShouldBe(_plan.Stops[1].Departure);
    }

    [Fact]
    public void Predict_WhenLate_WaitsInTheTimetableTakeUpTheDelay()
    {
        var waits = _plan with { Stops = [.. _plan.Stops.Select(static (stop, index) => index < 2 ? stop : stop with { Arrival = stop.Arrival.AddSeconds(index == 2 ? 0 : 300), Departure = stop.Departure.AddSeconds(300) })] };
        var predictor = new ArrivalPredictor(_learned, new PredictionOptions());

        var predictions = predictor.Predict(waits, new StopProgress(1, IsAtStop: false), 500, Line.Morning + TimeSpan.FromSeconds(180), atStopSince: null);

        (predictions[0].Arrival - waits.Stops[1].Arrival).TotalSeconds.ShouldBe(120);
        predictions[1].Departure.ShouldBe(waits.Stops[2].Departure);
        predictions[2].Arrival.ShouldBe(waits.Stops[3].Arrival);
    }

    [Fact]
    public void Predict_WhereverTheVehicleIs_NeverBeforeThenAndNeverFalling()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            _learned.Observe($"s{random.Next(6)}", $"s{random.Next(6)}", Line.Morning, TimeSpan.FromSeconds(random.Next(0, 900)));
            var at = Line.Morning + TimeSpan.FromSeconds(random.Next(-600, 1_200));
            var metres = random.NextDouble() * 5_000;
            var clock = at;
            foreach (var stop in Predict(metres, at))
            {
                stop.Arrival.ShouldBeGreaterThanOrEqualTo(clock);
                stop.Departure.ShouldBeGreaterThanOrEqualTo(stop.Arrival);
                clock = stop.Departure;
            }
        }
    }

    [Fact]
    public void PredictNext_WhenTheLayoverIsLongEnough_OnTime()
        => Predictor().PredictNext(_plan, _plan.Start - TimeSpan.FromMinutes(5), 30)[0].Departure.ShouldBe(_plan.Start);

    [Fact]
    public void PredictNext_WhenTheLayoverIsTooShort_LateByWhatIsLeft()
    {
        // Free a minute after the start, and a driver needs two.
        var departure = Predictor().PredictNext(_plan, _plan.Start + TimeSpan.FromMinutes(1), 30)[0].Departure;

        (departure - _plan.Start).TotalSeconds.ShouldBe(180 + 12);
    }

    [Fact]
    public void Load_WhenSaved_SaysTheSame()
    {
        Observe(6, 200);
        var other = new MemorySegmentTimes(Options.Create(new SegmentTimesOptions()));

        other.Load(_learned.Save());

        other.Find("s0", "s1", Line.Morning).ShouldBe(_learned.Find("s0", "s1", Line.Morning));
    }

    [Fact]
    public void Observe_WhenThereAreTooManySegments_TheOldestAreForgotten()
    {
        var learned = new MemorySegmentTimes(Options.Create(new SegmentTimesOptions { MostSegments = 100, LeastObservations = 1 }));
        for (var segment = 0; segment < 250; segment++)
        {
            learned.Observe("a", $"b{segment}", Line.Morning.AddMinutes(segment), TimeSpan.FromSeconds(60));
        }

        learned.Count.ShouldBeLessThanOrEqualTo(100);
        learned.Find("a", "b249", Line.Morning.AddMinutes(249)).ShouldNotBeNull();
        learned.Find("a", "b0", Line.Morning).ShouldBeNull();
    }

    private ArrivalPredictor Predictor() => new(_learned, new PredictionOptions());

    private StopPrediction[] Predict(double metres, DateTimeOffset at) => Predictor().Predict(_plan, StopProgress.Of(_plan, metres, 0), metres, at, atStopSince: null);

    private double Late(StopPrediction prediction) => (prediction.Arrival - _plan.Stops[prediction.StopIndex].Arrival).TotalSeconds;

    private void Observe(int times, double seconds)
    {
        for (var count = 0; count < times; count++)
        {
            _learned.Observe("s0", "s1", Line.Morning, TimeSpan.FromSeconds(seconds));
        }
    }
}
