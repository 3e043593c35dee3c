using System.Diagnostics;
using System.Net;
using System.Text;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Devices;

public sealed class ImportTests
{
    private const string Japanese = "機器ID,種別,名称,名称カナ,英語名,緯度,経度,備考\r\nriver-2,river,御祓川 仙対橋,ﾐｿｷﾞｶﾞﾜ,Misogi Bridge,３７．０４,136.961,\r\nsiren-1,siren,\"本町, サイレン\",,,,,あり\r\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("shift_jis", false)]
    public async Task Import_WhenTheFileIsAsTownHallsSaveIt_RegistersEveryDevice(string encoding, bool withMark)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var content = CodePagesEncodingProvider.Instance.GetEncoding(encoding)?.GetBytes(Japanese) ?? Encoding.UTF8.GetBytes(Japanese);

        var answer = await app.ImportAsync(withMark ? [.. Encoding.UTF8.Preamble, .. content] : content);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var import = await RegistryApp.ReadAsync(answer);
        ((int)import["created"]!).ShouldBe(2);
        import["items"]!.AsArray().Select(item => (string?)item!["key"]).ShouldAllBe(key => key!.Length == 39);
        ((string?)import["notices"]![0]!["code"]).ShouldBe("column-unknown");
        var device = (await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, $"{DeviceCalls.Devices}/river-2")))["device"]!;
        ((string?)device["name"]!["ja-Hira"]).ShouldBe("みそぎがわ");
        ((double)device["latitudeDegrees"]!).ShouldBe(37.04);
    }

    [Fact]
    public async Task Import_WhenRowsAreBad_ListsEveryOneAndRegistersNothing()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        const string file = """
            id,kind,name_ja,latitude,longitude
            ok-1,river,よい川,37.04,136.96
            bad id,river,名,37.04,136.96
            river-1,river,別の川,37.04,136.96
            twice,river,一つ目,37.05,136.97
            twice,river,二つ目,37.06,136.98
            swapped,river,逆,136.96,37.04
            number,river,山田 123456789018,37.07,136.99
            half,river,半分,37.08,
            ,,,,9
            """;

        var answer = await app.ImportAsync(file);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await RegistryApp.ReadAsync(answer);
        var errors = DeviceCalls.NoticesOf(problem).Where(notice => (string?)notice!["severity"] == "Error")
            .Select(notice => ((int)notice!["line"]!, (string?)notice["field"])).ToList();
        errors.ShouldBe([(3, "id"), (4, "id"), (6, "id"), (7, "latitude"), (8, "name_ja"), (9, "longitude"), (10, "id"), (10, "kind"), (10, "name_ja")]);
        problem.ToJsonString().ShouldNotContain("123456789018");
        (await app.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_WhenOnlyTheLastOfTenThousandAndOneIsBad_RegistersNothing()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.ImportAsync(DeviceCalls.Rivers(10_000) + "last,river,,37,137\n");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var notice = DeviceCalls.NoticesOf(await RegistryApp.ReadAsync(answer)).ShouldHaveSingleItem()!;
        ((int)notice["line"]!).ShouldBe(10_002);
        ((int)notice["column"]!).ShouldBe(3);
        (await app.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_WhenThereAreTenThousand_TakesLessThanTenSeconds()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var file = DeviceCalls.Rivers(10_000);
        var started = Stopwatch.GetTimestamp();

        var answer = await app.ImportAsync(file);

        var elapsed = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(FormattableString.Invariant($"10,000 devices with their keys in {elapsed.TotalSeconds:F2} s"));
        ((int)(await RegistryApp.ReadAsync(answer))["created"]!).ShouldBe(10_000);
        elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Import_WhenItComesAgain_RegistersNothingTwice()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        await app.ImportAsync(DeviceCalls.Rivers(20));

        var again = await RegistryApp.ReadAsync(await app.ImportAsync(DeviceCalls.Rivers(20)));

        ((int)again["created"]!).ShouldBe(0);
        again["items"]!.AsArray().ShouldAllBe(item => !item!.AsObject().ContainsKey("key"));
        (await app.CountAsync()).ShouldBe(21);
    }

    [Fact]
    public async Task Import_WhenTwoOverlapAtOnce_OneIsTakenWholeAndTheOtherNotAtAll()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);
        var other = DeviceCalls.Rivers(1) + "x-1,river,別の川,37.1,137.0\n";

        var answers = await Task.WhenAll(app.ImportAsync(DeviceCalls.Rivers(50)), app.ImportAsync(other));

        answers.Select(answer => answer.StatusCode).ShouldBe([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], ignoreOrder: true);
        (await app.CountAsync()).ShouldBe(answers[0].IsSuccessStatusCode ? 51 : 3);
    }

    [Fact]
    public async Task Import_WhenItIsADryRun_SaysWhatItWouldDoAndDoesNothing()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await RegistryApp.ReadAsync(await app.ImportAsync(DeviceCalls.Rivers(5), "?dryRun=true"));

        ((int)answer["valid"]!).ShouldBe(5);
        ((int)answer["created"]!).ShouldBe(0);
        (await app.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_WhenTheTownHasTooManyDevices_IsRefusedWhole()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao + "\nlimits: { devices: 3 }\n");

        var answer = await app.ImportAsync(DeviceCalls.Rivers(3));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("too-many-devices");
        (await app.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_WhenPaperOrATableIsAskedFor_AnswersIt()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var page = await app.ImportAsync("id,kind,name_ja\nsign-1,sign,\"<b>本町</b>\"\n", accept: "text/html");
        var table = await app.ImportAsync("id,kind,name_ja\nsign-2,sign,=SUM(1)\n", accept: "text/csv");

        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("172022/sign-1");
        html.ShouldContain("<svg ");
        html.ShouldNotContain("<b>");
        html.ShouldNotContain("src=");
        var rows = (await table.Content.ReadAsStringAsync()).Split("\r\n");
        rows[1].ShouldMatch("^sign-2,'=SUM\\(1\\),172022/sign-2,([2-9A-HJ-NP-Z]{4}-){7}[2-9A-HJ-NP-Z]{4},key-[2-9a-z]{8},sc/v1/172022/sign-2/telemetry$");
    }

    [Theory]
    [InlineData("")]
    [InlineData("id,kind,name_ja\n")]
    [InlineData("id,kind\nriver-2,river\n")]
    [InlineData("id,機器ID,kind,name_ja\na,b,river,川\n")]
    public async Task Import_WhenTheFileIsNoListOfDevices_SaysWhy(string file)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao);

        var answer = await app.ImportAsync(file);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        DeviceCalls.NoticesOf(await RegistryApp.ReadAsync(answer)).ShouldNotBeEmpty();
    }
}
