using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.Decoding;

/// <summary>What a payload holds: the good parts beside the faults of the others.</summary>
internal sealed class DecodedPayload
{
    /// <summary>Most measurements that one message may carry.</summary>
    public const int MaximumMeasurements = 5000;

    /// <summary>A payload of nothing but faults must not make a list as long as itself.</summary>
    private const int MaximumFaults = 8;

    private bool _isFull;

    public List<Measurement> Measurements { get; } = [];

    public List<Fault> Faults { get; } = [];

    /// <summary>A new connection status of the device, where the format tells one.</summary>
    public string? ConnectionStatus { get; set; }

    /// <summary>Whether a Sparkplug node must be asked for its birth certificates before its data can be read.</summary>
    public bool NeedsRebirth { get; set; }

    public bool TakesFaults => Faults.Count < MaximumFaults;

    public void Refuse(string code, string message)
    {
        if (TakesFaults)
        {
            Faults.Add(new Fault(code, message).Hide());
        }
    }

    public void Refuse(string code, [InterpolatedStringHandlerArgument("")] ref FaultText message)
    {
        if (TakesFaults)
        {
            Faults.Add(new Fault(code, message.ToStringAndClear()).Hide());
        }
    }

    /// <summary>Nothing of the payload can be trusted.</summary>
    public void RefuseWhole(string code, string message)
    {
        Clear();
        Refuse(code, message);
    }

    /// <summary>Takes a measurement, or refuses it once for all where there are too many.</summary>
    public void Add(string metric, DateTimeOffset at, double value)
    {
        if (Measurements.Count < MaximumMeasurements)
        {
            Measurements.Add(new Measurement(metric, at, value));
        }
        else if (!_isFull)
        {
            _isFull = true;
            Refuse("too-many-measurements", $"A message may carry {MaximumMeasurements} measurements; the rest was not stored.");
        }
    }

    /// <summary>Gives the time to the measurements from a place on: it stood behind them in the payload.</summary>
    public void Redate(int first, DateTimeOffset at)
    {
        foreach (ref var measurement in CollectionsMarshal.AsSpan(Measurements)[first..])
        {
            measurement = measurement with { At = at };
        }
    }

    /// <summary>Takes back what came since a place.</summary>
    public void TakeBack(int firstMeasurement, int firstFault)
    {
        Measurements.RemoveRange(firstMeasurement, Measurements.Count - firstMeasurement);
        Faults.RemoveRange(firstFault, Faults.Count - firstFault);
    }

    /// <summary>Empties it for the next payload.</summary>
    public void Clear()
    {
        Measurements.Clear();
        Faults.Clear();
        ConnectionStatus = null;
        NeedsRebirth = false;
        _isFull = false;
    }
}
