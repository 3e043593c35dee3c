namespace SmartCity.Transit.Vehicles.States;

/// <summary>How full a vehicle is, with the names and numbers of <c>OccupancyStatus</c> of GTFS Realtime.</summary>
public enum Occupancy
{
    Empty = 0,
    ManySeatsAvailable = 1,
    FewSeatsAvailable = 2,
    StandingRoomOnly = 3,
    CrushedStandingRoomOnly = 4,
    Full = 5,
    NotAcceptingPassengers = 6,
}
