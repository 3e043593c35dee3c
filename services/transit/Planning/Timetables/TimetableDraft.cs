namespace SmartCity.Transit.Planning.Timetables;

/// <summary>What a <see cref="TimetableBuilder"/> has gathered.</summary>
internal sealed class TimetableDraft(DateOnly firstDay, int dayCount, TimetableOptions options)
{
    public DateOnly FirstDay => firstDay;

    public int DayCount => dayCount;

    public TimetableOptions Options => options;

    public List<double> Latitudes { get; } = [];

    public List<double> Longitudes { get; } = [];

    public List<byte> StopAccessibility { get; } = [];

    public List<int[]> Services { get; } = [];

    public List<int> CallStops { get; } = [];

    /// <summary>Arrival and departure of each call.</summary>
    public List<int> CallTimes { get; } = [];

    public List<byte> CallRules { get; } = [];

    public List<int> TripCallStarts { get; } = [0];

    public List<int> TripRoutes { get; } = [];

    public List<int> TripServices { get; } = [];

    public List<byte> TripAccessibility { get; } = [];

    public List<(int Trip, int StartSeconds, int EndSeconds, int HeadwaySeconds, bool Exact)> Frequencies { get; } = [];

    public List<(int From, int To, TransferKind Kind, int MinimumSeconds)> Transfers { get; } = [];
}
