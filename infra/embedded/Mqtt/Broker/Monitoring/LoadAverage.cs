using System.Globalization;

namespace SmartCity.Embedded.Mqtt.Broker.Monitoring;

/// <summary>How much a figure grows a minute, as moving averages over 1, 5 and 15 minutes, like a system's load.</summary>
internal sealed class LoadAverage(string topic)
{
    private static readonly int[] Minutes = [1, 5, 15];

    private readonly double[] _averages = new double[Minutes.Length];
    private long _last;

    public IEnumerable<(string Topic, string Value)> Update(long figure, TimeSpan elapsed)
    {
        var perMinute = elapsed > TimeSpan.Zero ? (figure - _last) / elapsed.TotalMinutes : 0;
        _last = figure;
        for (var index = 0; index < Minutes.Length; index++)
        {
            var weight = Math.Exp(-elapsed.TotalMinutes / Minutes[index]);
            _averages[index] = perMinute + (weight * (_averages[index] - perMinute));
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"{topic}/{Minutes[index]}min"),
                _averages[index].ToString("F2", CultureInfo.InvariantCulture));
        }
    }
}
