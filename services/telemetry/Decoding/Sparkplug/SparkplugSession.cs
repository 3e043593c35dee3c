using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>
/// What is known of one edge node since its birth: its metrics by alias and name, the devices behind it and the number
/// of its last message (Sparkplug 3.0 chapters 5 and 6). Pure: time comes with the messages.
/// </summary>
internal sealed class SparkplugSession
{
    public const string BirthDeathMetric = "bdSeq";

    /// <summary>Metrics and devices of one node, which otherwise could fill the memory birth by birth.</summary>
    public const int MostMetrics = DecodedPayload.MaximumMeasurements;

    private const int LongestName = 256;
    private const int Sequences = 256;
    private static readonly TimeSpan BetweenRebirths = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ulong, SparkplugDefinition> _byAlias = [];
    private readonly Dictionary<(string? SubDevice, string Name), SparkplugDefinition> _byName = [];
    private readonly HashSet<string> _metrics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _subDevices = new(StringComparer.Ordinal);
    private ulong? _lastSequence;
    private ulong? _birthDeathSequence;
    private DateTimeOffset? _askedAt;
    private State _state;

    private enum State
    {
        Unknown,
        Born,
        Dead,
    }

    /// <summary>So many entries it holds.</summary>
    public int Size => _byName.Count + _subDevices.Count;

    public bool IsBorn => _state == State.Born;

    /// <summary>Whether a device behind the node, or for null the node itself, has told what it has.</summary>
    public bool Knows(string? subDevice) => IsBorn && (subDevice is null || _subDevices.Contains(subDevice));

    /// <summary>Everything from before is forgotten.</summary>
    public void BeginBirth(SparkplugMessage message)
    {
        _byAlias.Clear();
        _byName.Clear();
        _metrics.Clear();
        _subDevices.Clear();
        _state = State.Born;
        _birthDeathSequence = message.BirthDeathSequence;
        // Its number is 0, yet a node that begins with another is followed all the same.
        _lastSequence = message.Sequence is < Sequences ? message.Sequence : null;
    }

    /// <summary>False where the node has too many devices.</summary>
    public bool TryBeginBirth(string subDevice)
    {
        Forget(subDevice);
        return Size < MostMetrics && _subDevices.Add(subDevice);
    }

    /// <summary>The device behind the node is no more there.</summary>
    public void Forget(string subDevice)
    {
        if (!_subDevices.Remove(subDevice))
        {
            return;
        }

        foreach (var (key, definition) in _byName.Where(entry => entry.Key.SubDevice == subDevice).ToArray())
        {
            _byName.Remove(key);
            if (definition.Metric is not null)
            {
                _metrics.Remove(definition.Metric);
            }

            if (definition.Alias is { } alias)
            {
                _byAlias.Remove(alias);
            }
        }
    }

    /// <summary>Takes what a birth says of a metric. Null with the reason where it can't be taken.</summary>
    public SparkplugDefinition? Define(string? subDevice, SparkplugMetric metric, out string? refusal)
    {
        refusal = metric.Name.Length is 0 or > LongestName ? $"has 1 to {LongestName} characters; this one has {metric.Name.Length}"
            : Size >= MostMetrics ? $"is one of {MostMetrics} at most that a node may have"
            : null;
        if (refusal is not null)
        {
            return null;
        }

        var name = IsReading(metric.Name) && SparkplugNumber.IsNumber(metric.Datatype) ? NameOf(subDevice, metric.Name, out refusal) : null;
        if (name is not null && !_metrics.Add(name))
        {
            (name, refusal) = (null, $"'{metric.Name}' becomes '{name}', and so does another name of the node");
        }

        var definition = new SparkplugDefinition(subDevice, name, metric.Datatype, metric.HasAlias ? metric.Alias : null);
        _byName[(subDevice, metric.Name)] = definition;
        if (metric.HasAlias)
        {
            _byAlias[metric.Alias] = definition;
        }

        return definition;
    }

    /// <summary>Null where the metric was in no birth and does not say itself what it is.</summary>
    public SparkplugDefinition? Find(string? subDevice, SparkplugMetric metric)
        => metric.HasAlias && _byAlias.TryGetValue(metric.Alias, out var byAlias) ? byAlias
            : metric.Name.Length > 0 && _byName.TryGetValue((subDevice, metric.Name), out var byName) ? byName
            : metric.Name.Length > 0 && metric.HasDatatype
                ? new SparkplugDefinition(subDevice, IsReading(metric.Name) ? NameOf(subDevice, metric.Name, out _) : null, metric.Datatype, null)
                : null;

    /// <summary>Whether this is the message after the last one; if it is not, why.</summary>
    public bool Follows(SparkplugMessage message, out string fault)
    {
        var expected = (_lastSequence + 1) % Sequences;
        _lastSequence = message.Sequence is < Sequences ? message.Sequence : null;
        fault = message.Sequence is null ? "the message has no seq"
            : message.Sequence >= Sequences ? $"seq is {message.Sequence}; it counts from 0 to 255 and begins again"
            : expected is { } next && next != message.Sequence ? $"seq is {message.Sequence} where {next} was due; messages between them were lost"
            : "";
        return fault.Length == 0;
    }

    /// <summary>False for the death of a session that is over already (section 5.5): it came late.</summary>
    public bool TryDie(ulong? birthDeathSequence)
    {
        if (_state == State.Dead || (IsBorn && _birthDeathSequence is not null && _birthDeathSequence != birthDeathSequence))
        {
            return false;
        }

        _state = State.Dead;
        return true;
    }

    /// <summary>Whether the node may be asked for its births now: once a minute, however much it sends.</summary>
    public bool TryAskForRebirth(DateTimeOffset now)
    {
        if (_askedAt is { } before && now >= before && now - before < BetweenRebirths)
        {
            return false;
        }

        _askedAt = now;
        return true;
    }

    // Controls are commands that the node takes, and bdSeq is of its session: none of them is measured.
    private static bool IsReading(string name)
        => name != BirthDeathMetric && !name.StartsWith("Node Control/", StringComparison.Ordinal) && !name.StartsWith("Device Control/", StringComparison.Ordinal);

    private static string? NameOf(string? subDevice, string name, out string? refusal)
    {
        var folded = MetricName.Fold(subDevice is null ? name : $"{MetricName.Fold(subDevice)}.{name}");
        var isValid = MetricName.IsValid(folded);
        refusal = isValid ? null
            : $"'{(subDevice is null ? name : $"{subDevice}/{name}")}' must have a letter first and 64 letters, digits, '_', '-' or '.' at most; whatever else stands between them becomes '.'";
        return isValid ? folded : null;
    }
}
