using SmartCity.Telemetry.Sensors;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Stored readings, for windows that are to be filled again after a restart.</summary>
internal interface IReadingHistory
{
    /// <summary>The newest readings of a span, oldest first.</summary>
    /// <param name="from">Included.</param>
    /// <param name="to">Excluded.</param>
    /// <param name="atMost">Where there are more, the newest.</param>
    Task<IReadOnlyList<SensorReading>> ReadAsync(
        string municipality, string device, string metric, DateTimeOffset from, DateTimeOffset to, int atMost, CancellationToken cancellationToken);
}
