namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>The newest durations of one segment, hour and kind of day. Its median withstands the one bus that waited for a train.</summary>
internal sealed class Observations
{
    /// <summary>Some weeks of one hour of the day.</summary>
    public const int Most = 16;

    private readonly float[] _seconds = new float[Most];
    private int _count;
    private int _next;
    private LearnedTime? _summary;

    public Observations()
    {
    }

    /// <param name="seconds">Oldest first; only the newest are kept.</param>
    public Observations(IEnumerable<float> seconds)
    {
        foreach (var one in seconds)
        {
            Add(one);
        }
    }

    public int Count => _count;

    /// <summary>When the newest was observed.</summary>
    public DateTimeOffset NewestAt { get; set; }

    public void Add(double seconds)
    {
        _seconds[_next] = (float)seconds;
        _next = (_next + 1) % Most;
        _count = Math.Min(_count + 1, Most);
        _summary = null;
    }

    /// <summary>Oldest first.</summary>
    public float[] ToArray()
    {
        var ordered = new float[_count];
        for (var index = 0; index < _count; index++)
        {
            ordered[index] = _seconds[(_next - _count + index + Most) % Most];
        }

        return ordered;
    }

    /// <summary>Made once after each observation: it is asked for much more often.</summary>
    /// <param name="fading">Weight of an observation against the next newer one, up to 1; always the same.</param>
    public LearnedTime Summarize(double fading) => _summary ??= Make(fading);

    private LearnedTime Make(double fading)
    {
        var values = ToArray();
        Span<double> weights = stackalloc double[_count];
        for (var index = 0; index < _count; index++)
        {
            weights[index] = Math.Pow(fading, _count - 1 - index);
        }

        var median = Median(values, weights);
        var distances = new float[_count];
        for (var index = 0; index < _count; index++)
        {
            distances[index] = (float)Math.Abs(values[index] - median);
        }

        return new LearnedTime(median, Median(distances, weights), _count);
    }

    // The value at which half of the weight is reached.
    private static double Median(float[] values, ReadOnlySpan<double> weights)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(order, (one, other) => values[one].CompareTo(values[other]));
        var half = 0.0;
        foreach (var weight in weights)
        {
            half += weight / 2;
        }

        var sum = 0.0;
        foreach (var index in order)
        {
            sum += weights[index];
            if (sum >= half)
            {
                return values[index];
            }
        }

        return values[order[^1]];
    }
}
