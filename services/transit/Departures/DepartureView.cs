using System.Text.Json.Serialization;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Departures;

/// <summary>The departures of a stop: a page of them, with the stop and the time they are as of.</summary>
/// <param name="Next">Pass as <c>?after=</c> for the following page; null at the end of the window.</param>
/// <param name="AsOf">When this was put together, in the agency's local time.</param>
/// <param name="From">Moment from which departures are listed.</param>
public sealed record DepartureBoard(
    IReadOnlyList<DepartureView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    StopView Stop, DateTimeOffset AsOf, DateTimeOffset From, double WindowSeconds);

/// <summary>One departure.</summary>
/// <param name="Id">Names the departure: trip, service day and stop sequence.</param>
/// <param name="State">What it is: <c>scheduled</c>, <c>predicted</c>, <c>cancelled</c> or <c>unconfirmed</c>.</param>
/// <param name="Time">When to be there: the predicted time where there is one, else the scheduled one.</param>
/// <param name="PredictionAgeSeconds">How old the vehicle's report is.</param>
/// <param name="IsExact">False where the timetable's time is approximate.</param>
/// <param name="HeadwaySeconds">Where the service runs at intervals and its times are no timetable.</param>
/// <param name="ServiceDate">The day the trip belongs to; after midnight that is yesterday.</param>
/// <param name="Pickup"><c>regular</c>, <c>telephoneAgency</c> or <c>askDriver</c>.</param>
/// <param name="Booking">How to book a ride that runs on demand.</param>
/// <param name="Wheelchair"><c>possible</c>, <c>impossible</c> or <c>unknown</c>: of vehicle and stop the worse.</param>
public sealed record DepartureView(
    string Id, string State, DateTimeOffset Time, DateTimeOffset ScheduledTime, DateTimeOffset? PredictedTime, double? PredictionAgeSeconds, double? Confidence,
    bool IsExact, int? HeadwaySeconds, DateOnly ServiceDate, string TripId, string RouteId, string Route, int RouteType, string? RouteColour, string? RouteTextColour,
    string Headsign, string StopId, int StopSequence, string? Platform, string Pickup, BookingView? Booking, string Wheelchair, string? Crowding, string? Note,
    string? VehicleId, string Agency, string Feed);

/// <summary>How to book.</summary>
public sealed record BookingView(string? Message, string? Telephone, string? Url);
