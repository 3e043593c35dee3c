using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Wording;

/// <summary>What loudspeakers say.</summary>
public sealed class SpeechTests
{
    private static readonly WordingCatalog Catalog = WordingCatalog.Load();

    [Theory]
    [InlineData("ja", "警戒レベル、よん。避難指示。うおづし、河川増水。危険な場所から全員避難。対象は、うおづし、片貝川から約1てんごキロメートルの範囲、です。片貝川の水位が7月1日、3時5分に3てんよんにメートルとなり、基準の3てんにメートルに達しました。")]
    [InlineData("en", "Alert Level four, Evacuation Order. Uozu City, River flooding. Everybody, leave dangerous areas. The area is, Uozu City, within about 1 point five kilometres of Katakai River. The water level at Katakai River was 3 point four two metres at 3 hours 5 minutes on 1 July and has reached the threshold of 3 point two metres.")]
    [InlineData("zh-Hans", "警戒等级，四。避难指示。魚津市，河水上涨。")]
    [InlineData("ko", "경계 레벨 사. 피난 지시. Uozu City, 하천 수위 상승.")]
    [InlineData("pt", "Nível de alerta quatro, Ordem de evacuação. Uozu City, Cheia do rio.")]
    [InlineData("vi", "Mức cảnh giác bốn, Chỉ thị sơ tán. Uozu City, Nước sông dâng cao.")]
    public void Describe_WhenAGaugeIsHigh_IsHeardAsItIsMeant(string language, string beginning)
    {
        var info = Catalog.Languages.Single(words => words.Language == language).Describe(
            WordingTests.Subject("flood", 4, isCancel: false, WordingTests.Transition("waterLevelMetres", 3.2)));
        info.Spoken.ShouldNotBeNull();
        info.Spoken.ShouldStartWith(beginning);
    }

    [Theory]
    [InlineData("ja", "【警戒レベル4】15:05、雨量≧50.5mm/h（観測史上1位）！", "警戒レベル、よん、15時5分、雨量、50てんごミリ毎時、観測史上1位。")]
    [InlineData("en", "Don't wait… [NOW] 12 m/s @ pier; -3 °C", "Don't wait. NOW, 12 metres per second, pier, minus 3 degrees Celsius.")]
    [InlineData("pt-BR", "Mantenha-se longe (rio) até 08:00!", "Mantenha-se longe, rio, até 8 horas e 0 minutos.")]
    public void Finished_WhenAPersonWrote_SaysTheirWordsWithoutSigns(string language, string written, string said)
        => Said(CapStatus.Actual, language, written).ShouldBe(said);

    [Fact]
    public void Finished_WhenAPersonsDrill_SaysSoOnce()
        => Said(CapStatus.Exercise, "ja", "【訓練】避難してください").ShouldBe("これは、くんれんです。避難してください。");

    [Fact]
    public void Finished_WhenTheLanguageIsNotKnown_SaysNothingAloud()
        => Said(CapStatus.Actual, "fr-FR", "Évacuez").ShouldBeNull();

    [Fact]
    public void Finished_WhenATextIsVeryLong_EndsWithAWholeSentence()
    {
        var said = Said(CapStatus.Actual, "ja", string.Concat(Enumerable.Repeat("川から離れてください。", 300)))!;
        said.Length.ShouldBeLessThanOrEqualTo(901);
        said.ShouldEndWith("離れてください。");
    }

    [Fact]
    public async Task Issue_WhenARuleRaises_IsSpokenInViewAndCapAndNotInTheStream()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var alert = await app.OneActiveAsync();
        alert.Info.Count.ShouldBe(7);
        alert.Info.ShouldAllBe(info => info.Spoken != null);
        var cap = await app.CapAsync(alert.Id);
        cap.Info.Count.ShouldBe(6);
        cap.Info.ShouldAllBe(info => ParameterOf(info, "smartcity:Spoken").Length > 40);
        var payload = (await app.Database.ColumnAsync("SELECT payload FROM stream_event")).Single();
        payload.ShouldNotContain("spoken");
        // A page that is open gets it on a slow line too: 8 KB are 0.2 s at 400 kbit/s.
        System.Text.Encoding.UTF8.GetByteCount(payload).ShouldBeLessThan(8 * 1024);
    }

    [Fact]
    public async Task Approve_WhenAnOfficerWroteTheWords_TheirWordsAreSaid()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = new { level = 4, hazard = "landslide", status = "Exercise", info = new[] { new { language = "ja", headline = "裏山（南側）で土砂崩れのおそれ" } } };
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), TestTokens.For("a", "officer", TestTown.Uozu), draft);
        var id = (await AlertsApp.ReadAsync<System.Text.Json.JsonElement>(response)).GetProperty("id").GetString();
        using var approval = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{id}/approve"), TestTokens.For("b", "officer", TestTown.Uozu));
        var spoken = (await app.OneActiveAsync()).Info[0].Spoken!;
        spoken.ShouldStartWith("これは、くんれんです。裏山、南側、で土砂崩れのおそれ。対象は、");
    }

    private static string? Said(CapStatus status, string language, string headline)
        => Catalog.Finished(status, [new AlertInfoView(language, "", null, headline, "", "", "")]).Single().Spoken;

    private static string ParameterOf(System.Xml.Linq.XElement info, string name)
        => info.Elements().Where(element => element.Name.LocalName == "parameter" && element.Elements().First().Value == name).Select(element => element.Elements().Last().Value).SingleOrDefault("");
}
