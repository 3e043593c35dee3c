namespace SmartCity.Transit.Planning.Timetables;

/// <summary>
/// Walks between stops, nearest first. They are not closed transitively: a transfer is one walk, never two in a row.
/// <c>transfers.txt</c> is worked in: minimum times, walks that distance alone would not give, transfers that are not possible.
/// </summary>
internal sealed class Footpaths
{
    /// <summary>By stop: where the walks that begin there start.</summary>
    public required int[] OutStarts { get; init; }

    public required int[] OutStops { get; init; }

    public required int[] OutMetres { get; init; }

    /// <summary>Least seconds from alighting to boarding, whatever the walking speed.</summary>
    public required int[] OutMinimumSeconds { get; init; }

    /// <summary>The same walks by the stop where they end.</summary>
    public required int[] InStarts { get; init; }

    public required int[] InStops { get; init; }

    public required int[] InMetres { get; init; }

    public required int[] InMinimumSeconds { get; init; }

    /// <summary>By stop: least seconds to change there; -1 where changing is not possible.</summary>
    public required int[] ChangeSeconds { get; init; }

    public long SizeBytes => sizeof(int) * ((2L * OutStarts.Length) + (6L * OutStops.Length) + ChangeSeconds.Length);
}
