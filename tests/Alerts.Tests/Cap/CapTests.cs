using System.Net;
using System.Net.Http.Headers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Cap;

public sealed class CapTests
{
    [Fact]
    public async Task GetCap_WhenIssued_SaysWhatTheStandardWants()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var alert = await app.OneActiveAsync();
        var cap = await app.CapAsync(alert.Id);

        cap["identifier"].ShouldBe(alert.Id);
        cap["sender"].ShouldBe("bousai@city.uozu.example");
        cap["sent"].ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$");
        DateTimeOffset.Parse(cap["sent"], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(alert.Sent);
        (cap["status"], cap["msgType"], cap["scope"]).ShouldBe(("Actual", "Alert", "Public"));
        cap.Info.Count.ShouldBe(6);
        cap.InfoOf("ja-JP", "headline").ShouldStartWith("【警戒レベル4 避難指示】魚津市");
        cap.InfoOf("en-US", "headline").ShouldStartWith("[Alert Level 4: Evacuation Order] Uozu City");
        cap.InfoOf("ja-JP", "description").ShouldContain("3.42 m");
        (cap.InfoOf("en-US", "urgency"), cap.InfoOf("en-US", "severity"), cap.InfoOf("en-US", "responseType")).ShouldBe(("Immediate", "Severe", "Evacuate"));
        (cap.InfoOf("en-US", "parameter", "valueName"), cap.InfoOf("en-US", "parameter", "value")).ShouldBe(("jp:AlertLevel", "4"));
        cap.InfoOf("en-US", "area", "circle").ShouldBe("36.8,137.41 1.5");
        cap.InfoOf("en-US", "web").ShouldBe("https://bousai.example/162043");
    }

    [Fact]
    public async Task GetCap_WhenTheDeviceHasNoRadius_MeansTheWholeTown()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0, TestTown.OtherGauge);
        var alert = await app.OneActiveAsync();
        alert.Area.ShouldBeNull();
        var cap = await app.CapAsync(alert.Id);
        (cap.InfoOf("ja-JP", "area", "geocode", "valueName"), cap.InfoOf("ja-JP", "area", "geocode", "value")).ShouldBe(("jp:LocalGovernmentCode", "162043"));
        cap.InfoOf("ja-JP", "area", "areaDesc").ShouldBe("魚津市全域");
    }

    [Fact]
    public async Task GetCap_WhenTheReaderHasItAlready_AnswersNotModified()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();
        using var first = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(alert.Id + ".cap.xml"));
        first.Content.Headers.ContentType!.MediaType.ShouldBe("application/cap+xml");
        using var request = new HttpRequestMessage(HttpMethod.Get, AlertsApp.Town(alert.Id + ".cap.xml"));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await app.Client.SendAsync(request);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task GetFeed_WhenAlertsAreInForce_LinksToTheirCap()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();
        var feed = System.Xml.Linq.XDocument.Parse(await app.Client.GetStringAsync(new Uri(AlertsApp.Town("feed.atom"), UriKind.Relative)));
        System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
        var entry = feed.Root!.Elements(atom + "entry").ShouldHaveSingleItem();
        var link = entry.Element(atom + "link")!.Attribute("href")!.Value;
        CapDocument.Parse(await app.Client.GetStringAsync(new Uri(link)))["identifier"].ShouldBe(alert.Id);
    }
}
