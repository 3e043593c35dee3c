namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>A shelter file read: either every row of it, or the faults of all bad rows and no row.</summary>
/// <param name="Shelters">Empty when there are faults: nothing is half-imported.</param>
/// <param name="Faults">Every bad value.</param>
/// <param name="Notices">What was read but not understood, and does no harm.</param>
public sealed record ShelterList(IReadOnlyList<ListedShelter> Shelters, IReadOnlyList<ImportFault> Faults, IReadOnlyList<ImportFault> Notices);

/// <summary>One bad value.</summary>
/// <param name="Line">Line of the file for CSV, number of the feature for GeoJSON, both from 1; 0 for the whole file.</param>
/// <param name="Column">Name of the column or property.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record ImportFault(int Line, string Column, string Value, string Reason)
{
    public override string ToString() => $"line {Line}, {Column}: '{Value}' {Reason}";
}
