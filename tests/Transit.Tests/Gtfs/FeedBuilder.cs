using System.IO.Compression;
using System.Text;
using SmartCity.Transit.Gtfs;

namespace SmartCity.Transit.Tests.Gtfs;

/// <summary>A small feed that is right in everything; a test changes the one thing that it is about.</summary>
public sealed class FeedBuilder
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, byte[] Content)> _extra = [];

    public FeedBuilder()
    {
        With("agency.txt", "agency_id,agency_name,agency_url,agency_timezone,agency_lang", "A,Town Bus,https://bus.example.jp/,Asia/Tokyo,ja");
        With("feed_info.txt", "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version,feed_contact_email",
            "Town,https://town.example.jp/,ja,20260401,20270331,1,bus@town.example.jp");
        With("stops.txt", "stop_id,stop_name,stop_lat,stop_lon,zone_id",
            "S1,Station,36.8200,137.4000,Z1", "S2,Hospital,36.8250,137.4050,Z2", "S3,Harbour,36.8300,137.4100,Z3");
        With("routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type", "R1,A,1,Station to Harbour,3");
        With("calendar.txt", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date", "DAILY,1,1,1,1,1,1,1,20260401,20270331");
        With("trips.txt", "route_id,service_id,trip_id,trip_headsign,shape_id", "R1,DAILY,T1,Harbour,L1", "R1,DAILY,T2,Harbour,L1");
        With("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", "L1,36.8200,137.4000,1", "L1,36.8250,137.4050,2", "L1,36.8300,137.4100,3");
        With("stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,timepoint",
            "T1,8:00:00,8:00:00,S1,1,1", "T1,8:05:00,8:05:00,S2,2,1", "T1,8:10:00,8:10:00,S3,3,1",
            "T2,9:00:00,9:00:00,S1,1,1", "T2,9:05:00,9:05:00,S2,2,1", "T2,9:10:00,9:10:00,S3,3,1");
    }

    /// <summary>Replaces a file.</summary>
    public FeedBuilder With(string file, params string[] lines) => WithBytes(file, Encoding.UTF8.GetBytes(string.Join("\n", lines) + "\n"));

    public FeedBuilder WithBytes(string file, byte[] content)
    {
        _files[file] = content;
        return this;
    }

    /// <summary>Adds lines at the end of a file.</summary>
    public FeedBuilder Plus(string file, params string[] lines)
        => WithBytes(file, [.. _files[file], .. Encoding.UTF8.GetBytes(string.Join("\n", lines) + "\n")]);

    /// <summary>Changes a text wherever it stands in a file.</summary>
    public FeedBuilder Replacing(string file, string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(_files[file]);
        text.ShouldContain(old);
        return WithBytes(file, Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal)));
    }

    public FeedBuilder Without(string file)
    {
        _files.Remove(file).ShouldBeTrue();
        return this;
    }

    /// <summary>One more entry of the zip, of any name.</summary>
    public FeedBuilder WithEntry(string name, string content)
    {
        _extra.Add((name, Encoding.UTF8.GetBytes(content)));
        return this;
    }

    /// <summary>The same below a folder.</summary>
    public byte[] ZipInFolder(string folder) => Zip(name => folder + "/" + name);

    public byte[] Zip() => Zip(name => name);

    public FeedReading Read() => Read(Zip());

    public static FeedReading Read(byte[] zip) => FeedReader.Read(new MemoryStream(zip), Now);

    public static byte[] ZipOfFolder(string folder)
    {
        var builder = new FeedBuilder();
        builder._files.Clear();
        foreach (var file in Directory.GetFiles(folder))
        {
            builder.WithBytes(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        return builder.Zip();
    }

    private byte[] Zip(Func<string, string> nameOf)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _files.Select(file => (nameOf(file.Key), file.Value)).Concat(_extra))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
