using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class ShapeLoader : IFileLoader
{
    public string File => "shapes.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, latitude, longitude, sequence, distance) = (
            table.Column("shape_id"), table.Column("shape_pt_lat"), table.Column("shape_pt_lon"), table.Column("shape_pt_sequence"), table.Column("shape_dist_traveled"));
        var ids = draft.Context.Ids("shapes.txt.shape_id");
        var points = new List<List<Point>>();
        var names = new List<string>();
        while (table.Next())
        {
            var shape = ids.Find(table.Span(id));
            if (shape == points.Count)
            {
                points.Add([]);
                names.Add(table.Text(id)!);
            }

            points[shape].Add(new Point(table.Int(sequence)!.Value, table.Real(latitude)!.Value, table.Real(longitude)!.Value, table.Real(distance) ?? double.NaN, table.Line));
        }

        for (var shape = 0; shape < points.Count; shape++)
        {
            var line = points[shape];
            line.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
            draft.Shapes.Add(new GtfsShape(
                names[shape],
                [.. line.Select(point => point.Latitude)],
                [.. line.Select(point => point.Longitude)],
                line.TrueForAll(point => !double.IsNaN(point.Distance)) ? [.. line.Select(point => point.Distance)] : null));
            draft.Lines.Shapes.Add([.. line.Select(point => point.Line)]);
        }
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Point(int Sequence, double Latitude, double Longitude, double Distance, int Line);
}
