namespace SmartCity.ServiceDefaults.Towns;

/// <summary>
/// The municipality that the current request or event is about (scoped). Every query of a
/// <see cref="Data.CityDbContext"/> filters by it; while it is not set, queries find nothing.
/// </summary>
public sealed class TownScope
{
    public string? Municipality { get; set; }
}
