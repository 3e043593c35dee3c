using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SmartCity.ServiceDefaults.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.PersonalData;

public sealed class MyNumberGuardTests
{
    private const string Number = "123456789018";

    [Fact]
    public async Task Write_WhenJsonHoldsNumbers_NamesEveryPath()
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(
            $$"""{"a":{"b":["x","{{Number}}",{"c":"1234-5678-9018"}]},"{{Number}}":1,"d":[[],["１２３４５６７８９０１８"]],"e":"\u0031\u003234 5678 9018"}""", "application/json");

        (await GuardedApp.RefusedAsync(response)).ShouldBe(["$.a.b[1]", "$.a.b[2].c", "$.(a property name)", "$.d[1][0]", "$.e"]);
        app.Handled.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"at":123456789018,"coordinates":[137.123456789018,36.123456789018],"text":"137.123456789018","id":"00000000-0000-0000-0000-123456789018"}""")]
    [InlineData("""{"a": 1, "b": """)]
    [InlineData("not JSON at all")]
    [InlineData("")]
    public async Task Write_WhenJsonHoldsNone_ReachesTheHandlerUnchanged(string body)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(body, "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Handled.ShouldBe([body]);
    }

    [Theory]
    [InlineData("""{"skipped":"\ud800","note":"123456789018"}""", "$.note")]
    [InlineData("""{"note":"\ud800 \u0031\u0032\u003456789018 123456789018"}""", "$.note")]
    [InlineData("/* 123456789018 */ {}", "$")]
    [InlineData("""{"note":"123456789018",}""", "$.note")]
    [InlineData("\ufeff{\"note\":\"123456789018\"}", "$.note")]
    public async Task Write_WhenJsonIsOdd_IsReadAllTheSame(string body, string place)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(body, "application/merge-patch+json");

        (await GuardedApp.RefusedAsync(response)).ShouldBe([place]);
    }

    [Theory]
    [InlineData("text/csv", "name,note\r\nA,x\r\nB,123456789018,1234 5678 9018\r\n", "line 3, column 3|line 3, column 16")]
    [InlineData("application/yaml", "people:\n  - note: 123456789018\n", "line 2, column 11")]
    [InlineData("application/xml", "<a>\n<b n='1&#50;3456789018'>&#x31;23456789018</b></a>", "line 2, column 4|line 2, column 25")]
    [InlineData("application/cap+xml", "<a>123456789018", "line 1, column 4")]
    [InlineData("text/plain", "123456789018", "line 1, column 1")]
    [InlineData("application/octet-stream", "x 123456789018", "line 1, column 3")]
    [InlineData("application/octet-stream", "{\"住所\":\"\\u0031\\u003234 5678 9018\"}", "$.住所")]
    [InlineData("application/x-www-form-urlencoded", "a=b&note=1234+5678+9018&%31%32%33456789018=1", "form note|the name of a form field")]
    public async Task Write_WhenTextHoldsNumbers_NamesEveryPlace(string mediaType, string body, string places)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(body, mediaType);

        (await GuardedApp.RefusedAsync(response)).ShouldBe(places.Split('|'));
        app.Handled.ShouldBeEmpty();
    }

    /// <summary>Some handlers read the body whatever it says that it is.</summary>
    [Theory]
    [InlineData("application/json", "people:\n  - note: 123456789018\n", "line 2, column 11")]
    [InlineData("application/json", "{note: '123456789018'}", "line 1, column 9")]
    [InlineData("application/json", "id,note\na,123456789018\n", "line 2, column 3")]
    [InlineData("application/json", "123456789018\n123456789018\n", "line 1, column 1|line 2, column 1")]
    [InlineData("application/json", "{\"a\":\"\\u0031\\u003234 5678 9018\"} then 123456789018", "$.a|line 1, column 39")]
    [InlineData("application/x-www-form-urlencoded", "id,note\na,123456789018\n", "the name of a form field")]
    [InlineData("application/x-www-form-urlencoded", "note: 100%123456789018", "line 1, column 11")]
    [InlineData("multipart/form-data", "id,note\na,123456789018\n", "line 2, column 3")]
    [InlineData("application/zip", "note 123456789018 \0", "line 1, column 6")]
    public async Task Write_WhenTheBodyIsNotWhatItSays_IsReadAsText(string mediaType, string body, string places)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(body, mediaType);

        (await GuardedApp.RefusedAsync(response)).ShouldBe(places.Split('|'), ignoreOrder: true);
        app.Handled.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("note: 123456789018\r\n--b--\r\n", "before the form's parts, line 1, column 7")]
    [InlineData("--b\r\n\r\nx\r\n--b--\r\nnote: 123456789018", "behind the form's parts, line 2, column 7")]
    public async Task Write_WhenATextStandsAroundTheParts_IsReadToo(string body, string place)
    {
        await using var app = await GuardedApp.StartAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var response = await app.SendAsync(HttpMethod.Post, "/notes", content);

        (await GuardedApp.RefusedAsync(response)).ShouldBe([place]);
    }

    [Fact]
    public async Task Write_WhenItIsUtf16UnderAnotherName_IsReadAsText()
    {
        await using var app = await GuardedApp.StartAsync();
        using var content = new ByteArrayContent([0xff, 0xfe, .. Encoding.Unicode.GetBytes("備考 123456789018")]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var response = await app.SendAsync(HttpMethod.Post, "/notes", content);

        (await GuardedApp.RefusedAsync(response)).ShouldBe(["line 1, column 4"]);
    }

    [Fact]
    public async Task Write_WhenItIsBinary_IsNotReadAsText()
    {
        await using var app = await GuardedApp.StartAsync();
        using var content = new ByteArrayContent([0x50, 0x4b, 0, 0xff, .. Encoding.ASCII.GetBytes(Number)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");

        using var response = await app.SendAsync(HttpMethod.Post, "/notes", content);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Write_WhenCsvIsShiftJis_ReadsFullWidthDigits()
    {
        await using var app = await GuardedApp.StartAsync();
        var shiftJis = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!;
        using var content = new ByteArrayContent(shiftJis.GetBytes("名前,備考\n山田,１２３４５６７８９０１８\n"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        using var response = await app.SendAsync(HttpMethod.Post, "/notes", content);

        (await GuardedApp.RefusedAsync(response)).ShouldBe(["line 2, column 4"]);
    }

    [Fact]
    public async Task Write_WhenAFormHasParts_ReadsTextsAndLeavesFilesClosed()
    {
        await using var app = await GuardedApp.StartAsync();
        using var form = new MultipartFormDataContent("---------------------------123456789018")
        {
            { new StringContent("call 123456789018"), "note" },
            { new ByteArrayContent(Encoding.ASCII.GetBytes(Number)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "photo", "123456789018.png" },
        };

        using var response = await app.SendAsync(HttpMethod.Post, "/notes", form);

        (await GuardedApp.RefusedAsync(response)).ShouldBe(["form note", "form photo, its file name"]);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Write_WhenTheAddressHoldsNumbers_NamesThem(string method)
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.SendAsync(new HttpMethod(method), $"/notes/{Number}?q=1234%2D5678%2D9018&{Number}=1&ok=1");

        (await GuardedApp.RefusedAsync(response)).ShouldBe(["route id", "query q", "the name of a query value"]);
        app.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_WhenTheAddressHoldsANumber_IsAnswered()
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, $"/notes?q={Number}");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Write_WhenTheRouteOptedOut_IsNotLookedThrough()
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(Number, "application/zip", "/zip");

        app.Handled.ShouldBe([Number]);
    }

    [Fact]
    public async Task Write_WhenNotAllowed_SaysSoFirst()
    {
        await using var app = await GuardedApp.StartAsync();
        const string path = $"/towns/{GuardedApp.Town}/officers";

        using var nobody = await app.SendAsync(HttpMethod.Post, path, new StringContent(Number));
        using var resident = await app.SendAsync(HttpMethod.Post, path, new StringContent(Number), TestTokens.For("r", ["resident"], GuardedApp.Town));
        using var officer = await app.SendAsync(HttpMethod.Post, path, new StringContent(Number), TestTokens.For("o", ["officer"], GuardedApp.Town));

        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        resident.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await GuardedApp.RefusedAsync(officer)).ShouldBe(["line 1, column 1"]);
    }

    [Fact]
    public async Task Write_WhenLargerThanTheRouteAllows_IsRefusedAsTooLarge()
    {
        await using var app = await GuardedApp.StartAsync();

        using var response = await app.PostAsync(new string('x', 101), "text/plain", "/small");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        app.Handled.ShouldBeEmpty();
    }
}
