namespace SmartCity.Alerts.Jma.Intake;

/// <summary>An entry of the agency's feeds as officers see it.</summary>
public sealed record EntryView(
    string Id, string Feed, string Title, DateTimeOffset Updated, DateTimeOffset SeenAt, EntryState State, int Tries, DateTimeOffset? DoneAt, string Explanation)
{
    internal static EntryView Of(EntryRow row)
        => new(row.Id, row.Feed, row.Title, row.Updated, row.SeenAt, row.State, row.Tries, row.DoneAt, row.Explanation);
}
