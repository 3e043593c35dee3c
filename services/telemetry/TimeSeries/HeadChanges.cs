namespace SmartCity.Telemetry.TimeSeries;

/// <summary>What a batch adds to the heads, once it is committed.</summary>
internal sealed class HeadChanges
{
    public List<(SeriesHead Series, Point Point)> Points { get; } = [];

    /// <summary>Series that the batch made.</summary>
    public List<SeriesHead> NewSeries { get; } = [];

    /// <summary>Messages with at least one measurement, each by a series of its device.</summary>
    public List<(SeriesHead Series, long NewestT, long ReceivedAt)> Messages { get; } = [];

    public int Duplicates { get; set; }

    public void Clear()
    {
        Points.Clear();
        NewSeries.Clear();
        Messages.Clear();
        Duplicates = 0;
    }
}
