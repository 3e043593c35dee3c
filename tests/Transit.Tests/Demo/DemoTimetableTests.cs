using System.IO.Compression;
using System.Reflection;
using System.Text;
using SmartCity.Simulator.Timetables;
using SmartCity.Transit.Tests.Gtfs;

namespace SmartCity.Transit.Tests.Demo;

public sealed class DemoTimetableTests
{
    /// <summary>Environment variable that has the test write the file instead: after the demo's buses were changed.</summary>
    private const string Renew = "SMARTCITY_RENEW_DEMO";

    private static readonly string Committed = Path.Combine(
        typeof(DemoTimetableTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "infra", "host", "region", "bus-162043.zip");

    [Fact]
    public void Zip_AsTheDemoRegionHasIt_HoldsWhatTheGeneratorWrites()
    {
        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 })
        {
            File.WriteAllBytes(Committed, DemoTimetable.Zip());
        }

        using var zip = ZipFile.OpenRead(Committed);
        var files = zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }, StringComparer.Ordinal);

        files.ShouldBe(DemoTimetable.Files(), ignoreOrder: true, $"Set {Renew}=1 and run this test once.");
    }

    [Fact]
    public void Zip_WhenJudged_HasNothingToComplainOf()
    {
        var reading = FeedBuilder.Read(DemoTimetable.Zip());

        reading.Feed.ShouldNotBeNull();
        reading.Notices.Totals.ShouldBeEmpty();
    }
}
