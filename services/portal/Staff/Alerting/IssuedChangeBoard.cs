using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>An alert that an officer is about to change or end, with what was typed.</summary>
public sealed record IssuedChangeBoard
{
    public required HistoryAnswer History { get; init; }

    /// <summary>Of the newest message; null where it is not known.</summary>
    public required ReachAnswer? Reach { get; init; }

    public Refused? Refused { get; init; }

    /// <summary>Fields as they came, by name.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public AlertView Alert => History.Newest;

    public string TextOf(AlertInfoView info, string field)
        => Typed.GetValueOrDefault($"text.{info.Language}.{field}") ?? (field == "headline" ? info.Headline : info.Instruction);
}
