using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SmartCity.Simulator.Timetables;

/// <summary>Writes the buses of the demo region as a GTFS zip, as <c>infra/host/region/bus-162043.zip</c> holds it.</summary>
public static class DemoTimetable
{
    private const string Start = "20260101";
    private const string End = "20351231";
    private static readonly DateTimeOffset EntryTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The files by their names, as UTF-8 text.</summary>
    public static IReadOnlyDictionary<string, string> Files() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["agency.txt"] = Lines("agency_id,agency_name,agency_url,agency_timezone,agency_lang,agency_phone", "demo,デモ市民バス,https://bus.example.jp/,Asia/Tokyo,ja,0765-00-0000"),
        ["calendar.txt"] = Lines("service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
            $"daily,1,1,1,1,1,1,1,{Start},{End}", $"weekdays,1,1,1,1,1,0,0,{Start},{End}"),
        ["feed_info.txt"] = Lines("feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version,feed_contact_email",
            $"デモ地域,https://bus.example.jp/,ja,{Start},{End},demo-1,bus@example.jp"),
        ["routes.txt"] = Lines("route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color",
            DemoLines.Lines.Select(line => $"{line.Id},demo,{line.ShortName},{line.Name},3,{line.Colour},FFFFFF")),
        ["shapes.txt"] = Lines("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", DemoLines.Lines.SelectMany(Shape)),
        ["stops.txt"] = Lines("stop_id,stop_name,stop_lat,stop_lon,zone_id,location_type,wheelchair_boarding",
            DemoLines.Stops.Select(stop => string.Create(CultureInfo.InvariantCulture,
                $"{stop.Id},{stop.Name},{stop.LatitudeDegrees},{stop.LongitudeDegrees},{stop.Id},0,{(stop.IsStepFree ? 1 : 2)}"))),
        ["stop_times.txt"] = Lines("trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,timepoint", DemoLines.Lines.SelectMany(StopTimes)),
        ["translations.txt"] = Lines("table_name,field_name,language,translation,field_value", Translations().Distinct(StringComparer.Ordinal)),
        ["trips.txt"] = Lines("route_id,service_id,trip_id,trip_headsign,shape_id,wheelchair_accessible,bikes_allowed", DemoLines.Lines.SelectMany(Trips)),
    };

    /// <summary>All files as a zip; the same bytes each time, on one version of the runtime.</summary>
    public static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in Files())
            {
                var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
                entry.LastWriteTime = EntryTime;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static IEnumerable<string> Trips(DemoLine line)
        => line.Departures.Select(start => $"{line.Id},{(line.EveryDay ? "daily" : "weekdays")},{TripId(line, start)},{Find(line.Stops[^1].Stop).Name},{line.Id},1,2");

    private static IEnumerable<string> StopTimes(DemoLine line)
        => from start in line.Departures
           from at in line.Stops.Index()
           let time = Clock(start + at.Item.Minutes)
           select string.Create(CultureInfo.InvariantCulture,
               $"{TripId(line, start)},{time},{time},{at.Item.Stop},{at.Index + 1},{(at.Index == line.Stops.Count - 1 ? 1 : 0)},{(at.Index == 0 ? 1 : 0)},1");

    private static IEnumerable<string> Shape(DemoLine line) => line.Stops.Index().Select(at => string.Create(CultureInfo.InvariantCulture,
        $"{line.Id},{Find(at.Item.Stop).LatitudeDegrees},{Find(at.Item.Stop).LongitudeDegrees},{at.Index + 1}"));

    private static IEnumerable<string> Translations()
    {
        foreach (var stop in DemoLines.Stops)
        {
            yield return $"stops,stop_name,ja-Hrkt,{stop.Kana},{stop.Name}";
            yield return $"stops,stop_name,en,{stop.English},{stop.Name}";
            yield return $"trips,trip_headsign,en,{stop.English},{stop.Name}";
        }

        foreach (var line in DemoLines.Lines)
        {
            yield return $"routes,route_long_name,en,{line.English},{line.Name}";
        }

        yield return "agency,agency_name,en,Demo Town Bus,デモ市民バス";
    }

    private static DemoStop Find(string id) => DemoLines.Stops.First(stop => stop.Id == id);

    private static string TripId(DemoLine line, int start) => string.Create(CultureInfo.InvariantCulture, $"{line.Id}-{start / 60:00}{start % 60:00}");

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}:00");

    private static string Lines(string header, params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(header)) + "\n";
}
