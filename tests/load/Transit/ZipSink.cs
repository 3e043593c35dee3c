using System.Globalization;
using System.IO.Compression;
using System.Text;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Load.Transit;

/// <summary>A network as the zip of a GTFS feed.</summary>
internal sealed class ZipSink : INetworkSink
{
    private readonly StringBuilder _stops = new("stop_id,stop_name,stop_lat,stop_lon\n");
    private readonly StringBuilder _dates = new("service_id,date,exception_type\n");
    private readonly StringBuilder _routes = new("route_id,agency_id,route_short_name,route_type\n");
    private readonly StringBuilder _trips = new("route_id,service_id,trip_id,trip_headsign\n");
    private readonly StringBuilder _times = new("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    private readonly List<string> _services = [];
    private readonly HashSet<int> _lines = [];
    private int _stopCount;
    private int _tripCount;

    public static byte[] Of(NetworkSize size)
    {
        var sink = new ZipSink();
        GeneratedNetwork.Write(size, sink);
        return sink.Zip();
    }

    public void AddStop(double latitudeDegrees, double longitudeDegrees)
        => _stops.Append(CultureInfo.InvariantCulture, $"S{_stopCount},停留所{_stopCount++},{latitudeDegrees:0.000000},{longitudeDegrees:0.000000}\n");

    public int AddService(string id, IReadOnlyList<DateOnly> days)
    {
        foreach (var day in days)
        {
            _dates.Append(CultureInfo.InvariantCulture, $"{id},{day:yyyyMMdd},1\n");
        }

        _services.Add(id);
        return _services.Count - 1;
    }

    public void AddTrip(int line, int service, ReadOnlySpan<StopCall> calls)
    {
        if (_lines.Add(line))
        {
            _routes.Append(CultureInfo.InvariantCulture, $"R{line},A,{line},3\n");
        }

        _trips.Append(CultureInfo.InvariantCulture, $"R{line},{_services[service]},T{_tripCount},停留所{calls[^1].Stop}\n");
        for (var call = 0; call < calls.Length; call++)
        {
            _times.Append(CultureInfo.InvariantCulture, $"T{_tripCount},{Time(calls[call].ArrivalSeconds)},{Time(calls[call].DepartureSeconds)},S{calls[call].Stop},{call + 1}\n");
        }

        _tripCount++;
    }

    private static string Time(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    private byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "agency.txt", "agency_id,agency_name,agency_url,agency_timezone,agency_lang\nA,Load,https://load.example.jp/,Asia/Tokyo,ja\n");
            Add(zip, "feed_info.txt", "feed_publisher_name,feed_publisher_url,feed_lang,feed_version\nLoad,https://load.example.jp/,ja,1\n");
            Add(zip, "stops.txt", _stops.ToString());
            Add(zip, "calendar_dates.txt", _dates.ToString());
            Add(zip, "routes.txt", _routes.ToString());
            Add(zip, "trips.txt", _trips.ToString());
            Add(zip, "stop_times.txt", _times.ToString());
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
