using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>Intensities that were measured, and those of which nothing has come in where the shaking was strong (未入電).</summary>
public sealed class JmaShakingTests
{
    private const string Missing = "<Condition>震度５弱以上未入電</Condition>";

    [Theory]
    [InlineData(Missing, "Severe", "地震（震度５弱以上と考えられるが未入電）")]
    [InlineData("<MaxInt>3</MaxInt>" + Missing, "Severe", "地震（震度５弱以上と考えられるが未入電）")]
    [InlineData("<MaxInt>6-</MaxInt>" + Missing, "Extreme", "地震（震度６弱）")]
    [InlineData("", "Minor", "地震（震度不明）")]
    public async Task Import_WhenNoIntensityOfTheTownHasComeIn_ItsAlertIsNotEnded(string city, string severity, string name)
    {
        await using var app = await AlertsApp.StartAsync();
        var first = await app.ImportAsync(JmaImportTests.Now(app, Observed("<MaxInt>4</MaxInt>")));
        var second = await app.ImportAsync(JmaImportTests.Now(app, Observed(city) with { Serial = "2" }, seconds: 60));
        (second.Outcome, second.MsgType, second.AlertId).ShouldBe((BulletinOutcome.Published, "Update", first.AlertId));
        var alert = await app.OneActiveAsync();
        (alert.Id, alert.Severity, alert.Info[0].Event).ShouldBe((second.Id, severity, name));
    }

    [Fact]
    public async Task Import_WhenNothingHasComeInAtFirst_ResidentsAreToldWhatIsThought()
    {
        await using var app = await AlertsApp.StartAsync();
        (await app.ImportAsync(JmaImportTests.Now(app, Observed(Missing)))).Outcome.ShouldBe(BulletinOutcome.Published);
        var alert = await app.OneActiveAsync();
        alert.Info[0].Description.ShouldContain("震度５弱以上と考えられるが未入電");
        alert.Info[1].Description.ShouldContain("Seismic intensity is thought to be 5 lower or more; no measurement has come in yet.");
        alert.Info[2].Description.ShouldContain("しんど 5じゃくか それより つよいと おもわれます");
    }

    private static BulletinXml Observed(string city) => new()
    {
        Title = "震源・震度に関する情報",
        HeadTitle = "震源・震度情報",
        Body = $"""
            <Intensity><Observation><MaxInt>6-</MaxInt><Pref><Name>富山県</Name><Code>16</Code><MaxInt>6-</MaxInt>
            <Area><Name>富山県東部</Name><Code>380</Code><MaxInt>6-</MaxInt><City><Name>魚津市</Name><Code>1620400</Code>{city}</City></Area></Pref></Observation></Intensity>
            """,
    };
}
