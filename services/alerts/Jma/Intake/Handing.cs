using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>A bulletin on its way to the towns: who has it, and who could not take it. It keeps the content, since the agency asks not to be asked twice.</summary>
public sealed class Handing(JmaReading reading, byte[] content)
{
    private readonly SortedDictionary<string, string> _outcomes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Exception> _faults = new(StringComparer.Ordinal);

    public JmaReading Reading { get; } = reading;

    public byte[] Content { get; } = content;

    /// <summary>How often it went round.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether a town had to be given up.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Towns that have still to take it, by code, and what hindered them in the last round.</summary>
    public IReadOnlyDictionary<string, Exception> Faults => _faults;

    public bool IsSettled(string municipality) => _outcomes.ContainsKey(municipality);

    /// <summary>A town that failed the last time may have gone from the region since.</summary>
    public void BeginRound()
    {
        Rounds++;
        _faults.Clear();
    }

    public void Settle(string municipality, string outcome) => _outcomes[municipality] = outcome;

    public void Fail(string municipality, Exception fault) => _faults[municipality] = fault;

    public void GiveUp(string municipality)
    {
        _outcomes[municipality] = $"given up: {_faults[municipality].Message}";
        _faults.Remove(municipality);
        IsIncomplete = true;
    }

    /// <returns>Town by town what became of it, or an empty text where it concerns none.</returns>
    public string Describe()
        => string.Join(", ", _outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}")
            .Concat(_faults.Select(fault => $"{fault.Key} not yet: {fault.Value.Message}")));
}
