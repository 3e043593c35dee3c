namespace SmartCity.Portal.My;

/// <summary>Who read or wrote one's data, as the registry tells it to the person.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Sentence">With its time, in plain words.</param>
/// <param name="IsOnBehalf">Whether somebody did it for the person.</param>
public sealed record MyRecord(string Id, string Sentence, bool IsOnBehalf);
