using System.Net;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Import;

/// <summary>What must never be taken, with what it is answered.</summary>
public sealed class BadXmlTests
{
    private const string Entities = """
        <!DOCTYPE alert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        """;

    private const string External = """
        <!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        """;

    [Theory]
    [InlineData(External, "&x;", "dtd-refused")]
    [InlineData(Entities, "&c;", "dtd-refused")]
    [InlineData("", "&nothing;", "not-well-formed")]
    [InlineData("", "<b", "not-well-formed")]
    public async Task Import_WhenTheXmlIsHostile_IsRefusedUnread(string before, string inside, string code)
    {
        await using var app = await AlertsApp.StartAsync();
        var xml = Written(app).Replace("<alert", before + "<alert", StringComparison.Ordinal).Replace("Beware of the storm.", inside, StringComparison.Ordinal);
        await RefusedAsync(app, Encoding.UTF8.GetBytes(xml), code);
    }

    [Fact]
    public async Task Import_WhenItHas100Megabytes_IsRefusedBySizeBeforeItIsSent()
    {
        await using var app = await AlertsApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, AlertsApp.Town("cap")) { Content = new Endless(100 * 1024 * 1024) };
        request.Content.Headers.ContentType = new("application/xml");
        request.Headers.Authorization = new("Bearer", AlertsApp.ImportingOfficer);
        request.Headers.ExpectContinue = true;
        using var response = await app.Client.SendAsync(request);
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge)).ShouldBe("too-large");
    }

    [Fact]
    public async Task Import_WhenItIsNestedWithoutEnd_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        var xml = Written(app).Replace("<info>", "<info>" + string.Concat(Enumerable.Repeat("<area>", 50_000)), StringComparison.Ordinal);
        await RefusedAsync(app, Encoding.UTF8.GetBytes(xml), "too-complex");
    }

    [Fact]
    public async Task Import_WhenTheBytesAreNotInTheirEncoding_SaysInWhichLine()
    {
        await using var app = await AlertsApp.StartAsync();
        var shiftJis = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!;
        var xml = Written(app);
        await RefusedAsync(app, shiftJis.GetBytes(xml), "encoding-wrong");
        await RefusedAsync(app, Encoding.UTF8.GetBytes(xml.Replace("utf-8", "utf-16", StringComparison.Ordinal)), "encoding-wrong");
        await RefusedAsync(app, Encoding.UTF8.GetBytes(xml.Replace("utf-8", "klingon", StringComparison.Ordinal)), "encoding-wrong");
        await RefusedAsync(app, Encoding.UTF8.GetBytes(xml), "encoding-wrong", "application/xml; charset=klingon");
        await RefusedAsync(app, [], "not-well-formed");
    }

    [Theory]
    [InlineData("shift_jis", "application/xml")]
    [InlineData("utf-16", "application/xml")]
    [InlineData("euc-jp", "application/xml; charset=euc-jp")]
    public async Task Import_WhenTheEncodingIsAnotherButRight_ReadsItAndGivesItInUtf8(string encoding, string mediaType)
    {
        await using var app = await AlertsApp.StartAsync();
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)) is var known
            ? known.GetPreamble().Concat(known.GetBytes(Written(app).Replace("utf-8", encoding, StringComparison.Ordinal))).ToArray()
            : [];
        using var response = await app.PostCapAsync(bytes, mediaType: mediaType);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var view = await app.OneActiveAsync();
        view.Info[0].Headline.ShouldBe("暴風に警戒してください");
        (await app.CapAsync(view.Id)).InfoOf("ja-JP", "headline").ShouldBe("暴風に警戒してください");
    }

    [Theory]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1", "version-not-supported", "CAP 1.1")]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.2", "http://example.com/", "not-cap", "http://example.com/")]
    public async Task Import_WhenItIsNotCap12_SaysWhatItIs(string cap12, string other, string code, string named)
    {
        await using var app = await AlertsApp.StartAsync();
        (await RefusedAsync(app, Encoding.UTF8.GetBytes(Written(app).Replace(cap12, other, StringComparison.Ordinal)), code))
            .GetProperty("message").GetString()!.ShouldContain(named);
    }

    [Theory]
    [InlineData("<event>", "<event attribute=\"123456789018\">")]
    [InlineData("<info>", "<!-- 1234 5678 9018 --><info>")]
    [InlineData("<alert", "<?x 1234 5678 9018?><alert")]
    [InlineData("<identifier>", "<identifier><!-- 1234 5678 9018 -->")]
    [InlineData("Beware of the storm.", "1234<!-- -->56789018")]
    [InlineData("</alert>", "<x xmlns=\"urn:other\"><y>&#49;23456789018</y></x></alert>")]
    public async Task Import_WhenAnIndividualNumberHides_IsRefused(string sound, string hiding)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.PostCapAsync(Written(app).Replace(sound, hiding, StringComparison.Ordinal));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("my-number-refused");
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("5678");
        (await app.Database.ColumnAsync("SELECT identifier FROM foreign_message")).ShouldBeEmpty();
    }

    private static string Written(AlertsApp app) => CapWriter.Write(CapSample.Alert("storm-1", app.Clock.GetUtcNow()));

    private static async Task<JsonElement> RefusedAsync(AlertsApp app, byte[] body, string code, string mediaType = "application/xml")
    {
        using var response = await app.PostCapAsync(body, mediaType: mediaType);
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("cap-refused");
        var notices = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("notices").EnumerateArray().ToList();
        notices.Select(notice => notice.GetProperty("code").GetString()).ShouldBe([code]);
        notices[0].GetProperty("severity").GetString().ShouldBe("Error");
        (await app.ActiveAsync()).ShouldBeEmpty();
        return notices[0];
    }

    /// <summary>Says how long it is and must not be asked for its bytes.</summary>
    private sealed class Endless(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("The body was asked for.");

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
