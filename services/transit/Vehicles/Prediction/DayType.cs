namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>Days on which traffic is alike.</summary>
public enum DayType
{
    Weekday,
    Saturday,
    Sunday,
}
