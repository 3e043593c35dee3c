namespace SmartCity.Alerts.Safety.Reports;

/// <summary>What replaces a report.</summary>
public sealed record SafetyChange
{
    /// <summary>As it was shown when the report was received.</summary>
    public required string Code { get; init; }

    public required SafetyRequest Report { get; init; }
}

/// <summary>Somebody asks for their own report.</summary>
public sealed record SafetyCode
{
    /// <summary>As it was shown when the report was received.</summary>
    public required string Code { get; init; }
}

/// <summary>A family asks for its own.</summary>
public sealed record FamilySearch
{
    /// <summary>Words that the family agreed on.</summary>
    public required string SharedSecret { get; init; }
}
