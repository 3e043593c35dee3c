using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class LevelLoader : IFileLoader
{
    public string File => "levels.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, index, name) = (table.Column("level_id"), table.Column("level_index"), table.Column("level_name"));
        while (table.Next())
        {
            draft.Levels.Add(new GtfsLevel(table.Text(id)!, table.Real(index)!.Value, table.Text(name)));
        }
    }
}

internal sealed class StopLoader : IFileLoader
{
    public string File => "stops.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, code, name, spoken, description) = (table.Column("stop_id"), table.Column("stop_code"), table.Column("stop_name"), table.Column("tts_stop_name"), table.Column("stop_desc"));
        var (latitude, longitude, zone, url) = (table.Column("stop_lat"), table.Column("stop_lon"), table.Column("zone_id"), table.Column("stop_url"));
        var (type, parent, timeZone) = (table.Column("location_type"), table.Column("parent_station"), table.Column("stop_timezone"));
        var (wheelchair, level, platform) = (table.Column("wheelchair_boarding"), table.Column("level_id"), table.Column("platform_code"));
        var access = table.Column("stop_access");
        var parents = new List<string?>();
        while (table.Next())
        {
            draft.Stops.Add(new GtfsStop(
                table.Text(id)!, table.Text(code), table.Text(name) ?? "", table.Text(spoken), table.Text(description),
                table.Real(latitude) ?? double.NaN, table.Real(longitude) ?? double.NaN, table.Text(zone), table.Text(url),
                (GtfsLocationType)(table.Int(type) ?? 0), -1, table.Text(timeZone), (GtfsAccess)(table.Int(wheelchair) ?? 0), table.Reference(level), table.Text(platform)));
            draft.Lines.Stops.Add(table.Line);
            parents.Add(table.Text(parent));
            if (table.Has(access) && (table.Int(type) ?? 0) != 0)
            {
                draft.Context.Notices.Add("stop_access_specified_for_incorrect_location", File, table.Line, "stop_access", table.Text(access), table.Text(id));
            }
            else if (table.Has(access) && !table.Has(parent))
            {
                draft.Context.Notices.Add("stop_access_specified_for_stop_with_no_parent_station", File, table.Line, "stop_access", table.Text(access), table.Text(id));
            }
        }

        // A station may stand below its platforms.
        var ids = draft.Context.Ids("stops.txt.stop_id");
        for (var index = 0; index < parents.Count; index++)
        {
            if (parents[index] is { } station)
            {
                draft.Stops[index] = draft.Stops[index] with { Parent = ids.Find(station) };
            }
        }
    }
}

internal sealed class PathwayLoader : IFileLoader
{
    public string File => "pathways.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, from, to, mode, both) = (table.Column("pathway_id"), table.Column("from_stop_id"), table.Column("to_stop_id"), table.Column("pathway_mode"), table.Column("is_bidirectional"));
        var (length, seconds, stairs, slope, width) = (table.Column("length"), table.Column("traversal_time"), table.Column("stair_count"), table.Column("max_slope"), table.Column("min_width"));
        while (table.Next())
        {
            draft.Pathways.Add(new GtfsPathway(
                table.Text(id)!, table.Reference(from), table.Reference(to), table.Int(mode) ?? 1, table.Int(both) == 1,
                table.Real(length), table.Int(seconds), table.Int(stairs), table.Real(slope), table.Real(width)));
            draft.Lines.Pathways.Add(table.Line);
        }
    }
}
