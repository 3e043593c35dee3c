using Microsoft.Extensions.Options;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Vehicles;

public class VehicleTrackerTests
{
    private readonly MemorySegmentTimes _learned = new(Options.Create(new SegmentTimesOptions { LeastObservations = 1 }));
    private readonly VehicleTracker _tracker;
    private PlanSet _plans = Line.Plans(Line.Straight());

    public VehicleTrackerTests() => _tracker = new VehicleTracker("bus", _learned, VehicleSettings.Default);

    [Fact]
    public void Take_WhenTheTripIsUnknown_ThePlaceIsShownAndNothingPredicted()
    {
        var result = Drive(60, 500, trip: "of-another-version");

        result.Outcome.ShouldBe(TrackOutcome.UnknownTrip);
        result.Vehicle.ShouldNotBeNull();
        result.Report.ShouldBeNull();
    }

    [Fact]
    public void Take_WhenNoTripIsNamed_FoundOutAfterSomeWay()
    {
        Drive(60, 500, trip: null).Report.ShouldBeNull();
        Drive(70, 580, trip: null).Report.ShouldBeNull();

        Drive(80, 660, trip: null).Report!.Key.TripId.ShouldBe("t1");
    }

    [Fact]
    public void Take_WhenItStandsBesideTheRoad_NoRunIsTakenForItsOwn()
    {
        for (var seconds = 60; seconds < 300; seconds += 10)
        {
            Drive(seconds, 500, trip: null).Report.ShouldBeNull();
        }
    }

    [Fact]
    public void Take_WhenTwoRunsFitAlike_NoneIsTaken()
    {
        _plans = Line.Plans(Line.Straight("one"), Line.Straight("other"));
        for (var seconds = 60; seconds < 200; seconds += 10)
        {
            Drive(seconds, seconds * 8, trip: null).Report.ShouldBeNull();
        }
    }

    [Fact]
    public void Take_WhenItLeavesItsRoute_OffRouteUntilItIsBack()
    {
        Drive(60, 500).Outcome.ShouldBe(TrackOutcome.Matched);
        Drive(100, 800, north: 300).Outcome.ShouldBe(TrackOutcome.OffRoute);

        var back = Drive(240, 2_200);

        back.Outcome.ShouldBe(TrackOutcome.Matched);
        back.Report!.NextStop.ShouldBe(3);
    }

    [Fact]
    public void Take_WhenItTakesAnotherTrip_TheFormerIsLeft()
    {
        _plans = Line.Plans(Line.Straight(), Line.Straight("t2"));
        Drive(60, 500);

        Drive(70, 580, trip: "t2").Left!.Value.TripId.ShouldBe("t1");
    }

    [Fact]
    public void Take_WhenAnotherVehicleServesTheRun_NoReport()
        => Drive(60, 500, isTaken: true).Outcome.ShouldBe(TrackOutcome.TripTaken);

    [Fact]
    public void Take_WhenTheBlockGoesOn_TheNextRunIsPredictedWithTheDelay()
    {
        _plans = Line.Plans(Line.Straight(block: "b"), Line.Straight("t2", Line.Morning + TimeSpan.FromMinutes(12), block: "b"));

        // Ten minutes late at the beginning.
        var result = Drive(600, 10, trip: "t1");

        result.Next!.Key.TripId.ShouldBe("t2");
        result.Next.IsAhead.ShouldBeTrue();
        result.Next.Stops[0].Departure.ShouldBeGreaterThan(Line.Morning + TimeSpan.FromMinutes(20));
    }

    [Fact]
    public void Take_WhenItStandsAtTheEndOfItsNextRun_NotBegun()
        => Drive(-600, 4_990, trip: null, duty: ["t1"]).Outcome.ShouldBe(TrackOutcome.NotBegun);

    [Fact]
    public void Take_WhenItPassesStops_WhatItTookIsLearned()
    {
        for (var seconds = 0; seconds <= 300; seconds += 10)
        {
            // Five minutes late, at ten metres a second.
            Drive(300 + seconds, seconds * 10);
        }

        _learned.Find("s1", "s2", Line.Morning + TimeSpan.FromMinutes(7))!.Value.Seconds.ShouldBe(94, 1.0);
    }

    [Fact]
    public void Take_WhenAnotherVersionGoesLiveWithoutTheTrip_ItsRunIsGone()
    {
        Drive(60, 500).Report.ShouldNotBeNull();
        _plans = Line.Plans(Line.Straight("renamed"));

        Drive(70, 580).Outcome.ShouldBe(TrackOutcome.UnknownTrip);
    }

    private TrackResult Drive(int seconds, double east, double north = 0, string? trip = "t1", bool isTaken = false, string[]? duty = null)
    {
        var at = Line.Morning + TimeSpan.FromSeconds(seconds);
        var (latitude, longitude) = Line.Place(east, north);
        var position = new PositionReport { At = at, LatitudeDegrees = latitude, LongitudeDegrees = longitude, TripId = trip };
        return _tracker.Take(position, _plans, duty ?? [], _ => isTaken, at);
    }
}
