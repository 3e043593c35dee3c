using System.Xml.Linq;
using SmartCity.Cli.Replay;
using SmartCity.Cli.Replay.Earthquake;
using SmartCity.Cli.Replay.Night;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

/// <summary>The parts of <c>replay earthquake</c> and <c>replay night</c> that need no platform.</summary>
public sealed class SequenceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Steps_Always_ComeInTheOrderOfThatEveningAndSayWhatIsReconstructed()
    {
        BungoChannel.Steps.Select(step => step.AfterSeconds).ShouldBeInOrder();
        // The two warnings as they were published: 23:14:59.7 and 23:15:10.6.
        BungoChannel.Steps.Where(step => step is { Kind: BulletinKind.Warning, IsReconstructed: false })
            .Select(step => BungoChannel.DetectedAt.AddMilliseconds(Math.Round(step.AfterSeconds * 1000)).ToString("HH:mm:ss.f", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(["23:14:59.7", "23:15:10.6"]);
        BungoChannel.Steps.Where(step => step.Kind == BulletinKind.Forecast).ShouldAllBe(step => step.IsReconstructed);
        BungoChannel.Steps.GroupBy(step => step.Kind).ShouldAllBe(kind => kind.Select(step => step.Serial).SequenceEqual(Enumerable.Range(1, kind.Count())));
    }

    [Theory]
    [InlineData(false, "訓練")]
    [InlineData(true, "通常")]
    public void Write_Always_SaysWhetherItIsADrill(bool isActual, string status)
    {
        foreach (var step in BungoChannel.Steps)
        {
            var report = XDocument.Parse(new EarthquakeXml(Begin, isActual, here: null).Write(step, Begin.AddSeconds(step.AfterSeconds)));
            report.Descendants().Single(element => element.Name.LocalName == "Status").Value.ShouldBe(status);
            report.Descendants().Single(element => element.Name.LocalName == "EventID").Value.ShouldBe("20261201090000");
        }
    }

    [Fact]
    public void Write_WhenItShakesHereToo_AddsTheTownsPrefectureAndSaysThatItWasAdded()
    {
        var step = BungoChannel.Steps.First(step => step.Kind == BulletinKind.Warning);
        string[] Prefectures(Shaking? here) => [.. XDocument.Parse(new EarthquakeXml(Begin, false, here).Write(step, Begin)).Descendants()
            .Where(element => element.Name.LocalName == "Pref").Select(element => element.Elements().Single(child => child.Name.LocalName == "Code").Value)];
        Prefectures(null).ShouldBe(["9380", "9390", "9440"]);
        Prefectures(new Shaking("16", "added", "160", "added", "4")).ShouldBe(["9380", "9390", "9440", "9160"]);
    }

    [Fact]
    public void Plan_WhenTheNightIsTheSame_HasTheSameReportsAndKeys()
    {
        var plan = NightPlan.Of("162043", Begin, count: 40, calls: 5);
        plan.Select(report => report.Key).ShouldBe(NightPlan.Of("162043", Begin, 40, 5).Select(report => report.Key));
        plan.Select(report => report.Key).Distinct().Count().ShouldBe(40);
        plan.Count(report => report.NeedsHelp).ShouldBe(5);
        plan.Where(report => report.NeedsHelp).ShouldAllBe(report => report.Needs.Count == 1);
        plan.Select(report => report.Share).ShouldBeInOrder();
        NightPlan.Of("162043", Begin.AddHours(1), 40, 5)[0].Key.ShouldNotBe(plan[0].Key);
        NightPlan.Of("162043", Begin, 3, 0).ShouldAllBe(report => !report.NeedsHelp);
    }

    [Theory]
    [InlineData("data: {\"id\":\"a-1\",\"alertId\":\"a\"}", "a-1")]
    [InlineData("data: []", null)]
    [InlineData("data: x", null)]
    [InlineData("event: alert", null)]
    public void IdOf_WhenALineOfTheStreamComes_IsTheAlertsOrNone(string line, string? id) => ResidentStream.IdOf(line).ShouldBe(id);

    [Theory]
    [InlineData("replay", "earthquake", "162043", "--speed", "0")]
    [InlineData("replay", "earthquake", "16")]
    [InlineData("replay", "night", "x.csv", "--key-file", "k", "--calls", "50")]
    public async Task Run_WhenTheOptionsMakeNoSense_SendsNothing(params string[] arguments)
    {
        var ran = await Typed.RunAsync([.. arguments, "--gateway", "http://127.0.0.1:1"]);
        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("Nothing was sent");
    }

    [Theory]
    [InlineData("ja", "豊後水道")]
    [InlineData("en", "Bungo Channel")]
    public async Task Help_WhenAsked_IsInTheLanguage(string language, string word)
        => (await Typed.RunAsync(["replay", "--help", "--language", language])).Output.ShouldContain(word);
}
