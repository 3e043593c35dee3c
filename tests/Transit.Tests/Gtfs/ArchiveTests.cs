using System.IO.Compression;
using System.Text;

namespace SmartCity.Transit.Tests.Gtfs;

public sealed class ArchiveTests
{
    [Fact]
    public void Read_WhenItIsNoZip_SaysSo() => Codes("no zip at all"u8.ToArray()).ShouldBe(["unreadable_zip"]);

    [Fact]
    public void Read_WhenZipIsCutOff_SaysSo() => Codes(new FeedBuilder().Zip()[..700]).ShouldBe(["unreadable_zip"]);

    [Theory]
    [InlineData("../stops.txt")]
    [InlineData("/etc/stops.txt")]
    [InlineData("a\\..\\..\\stops.txt")]
    public void Read_WhenAnEntryLeadsElsewhere_RefusesTheZip(string name)
        => Codes(new FeedBuilder().WithEntry(name, "stop_id\n").Zip()).ShouldBe(["zip_path_escape"]);

    [Fact]
    public void Read_WhenAnEntryIsThereTwice_RefusesTheZip() => Codes(new FeedBuilder().WithEntry("stops.txt", "stop_id\n").Zip()).ShouldBe(["duplicate_zip_entry"]);

    [Fact]
    public void Read_WhenAllLiesInAFolder_SaysThatAndNotThatAllIsMissing()
        => Codes(new FeedBuilder().ZipInFolder("gtfs")).ShouldBe(["invalid_input_files_in_subfolder"]);

    [Fact]
    public void Read_WhenEntriesAreTooMany_RefusesTheZip()
    {
        var builder = new FeedBuilder();
        for (var index = 0; index < 300; index++)
        {
            builder.WithEntry($"{index}.bin", "");
        }

        Codes(builder.Zip()).ShouldBe(["too_many_zip_entries"]);
    }

    [Fact]
    public void Read_WhenAnEntryUnpacksToFarMoreThanItsSize_StopsAndRefuses()
    {
        var bomb = new StringBuilder("stop_id,stop_name,stop_lat,stop_lon\n").Append(' ', 20_000_000);

        Codes(new FeedBuilder().With("stops.txt", bomb.ToString()).Zip()).ShouldContain(code => code == "csv_parsing_failed" || code == "zip_ratio_too_high");
        Codes(new FeedBuilder().With("stops.txt", "stop_id,stop_name,stop_lat,stop_lon", string.Concat(Enumerable.Repeat($"S,{new string('N', 200_000)},1.5,1.5\n", 100))).Zip()).ShouldContain("zip_ratio_too_high");
    }

    [Theory]
    [InlineData("stops.txt")]
    [InlineData("locations.geojson")]
    public void Read_WhenAnEntryIsPackedInAWayNobodyReads_RefusesTheFeed(string name)
    {
        var builder = new FeedBuilder();
        var zip = (name == "stops.txt" ? builder : builder.WithEntry(name, "{}")).Zip();
        // The method in the entry's local and central header (APPNOTE, 4.3.7 and 4.3.12): 14 is LZMA.
        var entry = Encoding.ASCII.GetBytes(name);
        for (var at = zip.AsSpan().IndexOf(entry); at >= 0;)
        {
            var isCentral = at >= 46 && zip.AsSpan(at - 46).StartsWith("PK\x01\x02"u8);
            zip[isCentral ? at - 36 : at - 22] = 14;
            var next = zip.AsSpan(at + entry.Length).IndexOf(entry);
            at = next < 0 ? -1 : at + entry.Length + next;
        }

        Codes(zip).ShouldContain("unreadable_zip");
    }

    [Fact]
    public void Read_WhenAZoneIsNoUnicode_SaysSo()
        => Codes(new FeedBuilder().WithEntry("locations.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","id":"\ud800"}]}""").Zip()).ShouldContain("malformed_json");

    [Fact]
    public void Read_WhenAQuoteIsNotClosed_NamesTheLine()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(index => $"X{index},Name {index * 7919},36.{index},137.{index}\n"));

        var reading = new FeedBuilder().Plus("stops.txt", "S4,\"Open,36.9,137.9,", rows).Read();

        reading.Feed.ShouldBeNull();
        reading.Notices.Samples.ShouldContain(notice => notice.Code == "csv_parsing_failed" && notice.File == "stops.txt" && notice.Line == 5);
    }

    [Fact]
    public void Read_WhenEntryIsDamaged_SaysSo()
    {
        var zip = new FeedBuilder().Zip();
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        // Somewhere in the packed bytes of the first file, past its header.
        for (var at = 60; at < 90; at++)
        {
            zip[at] = (byte)~zip[at];
        }

        FeedBuilder.Read(zip).Feed.ShouldBeNull();
    }

    private static string[] Codes(byte[] zip)
    {
        var reading = FeedBuilder.Read(zip);
        reading.Feed.ShouldBeNull();
        return [.. reading.Notices.Totals.Keys];
    }
}
