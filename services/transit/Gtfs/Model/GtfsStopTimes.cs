namespace SmartCity.Transit.Gtfs.Model;

/// <summary>
/// stop_times.txt as columns. Times are seconds of the service day and may pass 24:00; where the feed gives none between two
/// timed stops, they are filled in between them (<see cref="IsInterpolated"/>).
/// </summary>
public sealed class GtfsStopTimes(int count)
{
    /// <summary>Stands for a time that is not known.</summary>
    public const int NoTime = int.MinValue;

    public int Count => count;

    public int[] Trips { get; } = new int[count];

    /// <summary>Index of the stop, or -1 for an on-demand area or group (<see cref="GtfsFlex.StopTimes"/>).</summary>
    public int[] Stops { get; } = new int[count];

    public int[] Sequences { get; } = new int[count];

    public int[] ArrivalSeconds { get; } = new int[count];

    public int[] DepartureSeconds { get; } = new int[count];

    /// <summary>Index into <see cref="Texts"/>, or -1.</summary>
    public int[] Headsigns { get; } = new int[count];

    /// <summary>0 regular, 1 none, 2 telephone the agency, 3 ask the driver.</summary>
    public byte[] PickupTypes { get; } = new byte[count];

    /// <summary>0 regular, 1 none, 2 telephone the agency, 3 ask the driver.</summary>
    public byte[] DropOffTypes { get; } = new byte[count];

    /// <summary>In the unit of the shape; NaN for none.</summary>
    public float[] ShapeDistances { get; } = new float[count];

    /// <summary>False where the times are approximate (<c>timepoint</c> 0, or filled in).</summary>
    public bool[] IsExact { get; } = new bool[count];

    public bool[] IsInterpolated { get; } = new bool[count];

    /// <summary>Each text once.</summary>
    public IReadOnlyList<string> Texts { get; internal set; } = [];

    public string? HeadsignOf(int stopTime) => Headsigns[stopTime] is >= 0 and var text ? Texts[text] : null;
}
