using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Files;

/// <summary>What a manifest's files hold is looked at when it is planned.</summary>
public sealed class FileReviewTests
{
    private const string Shelters = "ID,名称,緯度,経度,災害種別_洪水\n1,小丸山小学校,37.04,136.96,1\n2,山王小学校,37.05,136.97,\n";

    [Fact]
    public async Task Plan_WhenTheShelterListHasFaults_ListsEveryBadRow()
    {
        await using var app = await RegistryApp.StartAsync();

        var (status, answer) = await PlanAsync(app, "shelters.csv", Encoding.UTF8.GetBytes(Shelters + "3,,north,136.9,1\n1,Twice,37.0,136.9,maybe\n"), "shelters: shelters.csv");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["notices"]!.AsArray().Select(notice => ((string?)notice!["code"], (string?)notice["file"], (int)notice["line"]!, (string?)notice["field"], (string?)notice["value"]))
            .ShouldBe(
            [
                ("shelter-refused", "shelters.csv", 4, "緯度", "north"),
                ("shelter-refused", "shelters.csv", 4, "名称", ""),
                ("shelter-refused", "shelters.csv", 5, "災害種別_洪水", "maybe"),
            ]);
    }

    [Fact]
    public async Task Plan_WhenTheShelterListIsGood_SaysHowManyOnlyWhereItIsNew()
    {
        await using var app = await RegistryApp.StartAsync();
        var (status, plan) = await PlanAsync(app, "shelters.csv", Encoding.UTF8.GetBytes(Shelters), "shelters: shelters.csv");
        status.ShouldBe(HttpStatusCode.OK, plan.ToJsonString());
        await app.OnboardAsync(ManifestWith("shelters.csv", Encoding.UTF8.GetBytes(Shelters), "shelters: shelters.csv"));

        var (_, again) = await PlanAsync(app, "shelters.csv", Encoding.UTF8.GetBytes(Shelters), "shelters: shelters.csv");

        Warnings(plan).ShouldContain("shelters.csv: shelters listed: 2; for floods: 1.");
        Warnings(again).ShouldNotContain(warning => warning!.Contains("shelters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_WhenTheShelterFileIsNotAmongFiles_SaysSoOnce()
    {
        await using var app = await RegistryApp.StartAsync();
        foreach (var files in (string[])["", "\nfiles: { other.csv: \"" + new string('0', 64) + "\" }"])
        {
            using var answer = await app.SendAsync(HttpMethod.Put, "municipalities/172022/manifest?dryRun=true", Samples.Nanao + "\nshelters: shelters.csv" + files);

            (await RegistryApp.ReadAsync(answer))["notices"]!.AsArray().Count(notice => (string?)notice!["code"] == "file-missing").ShouldBe(1);
        }
    }

    [Fact]
    public async Task Plan_WhenTheFeedIsAFeed_SaysHowMuchItHas()
    {
        await using var app = await RegistryApp.StartAsync();

        var (status, plan) = await PlanAsync(app, "bus.zip", Feed(), "transitFeeds:\n  - { id: bus, source: bus.zip }");

        status.ShouldBe(HttpStatusCode.OK, plan.ToJsonString());
        Warnings(plan).ShouldContain("bus.zip: stops: 2; routes: 1; trips: 1.");
    }

    [Theory]
    [InlineData("trips.txt", "feed-file-missing", "trips.txt")]
    [InlineData("calendar.txt", "feed-file-missing", "calendar.txt")]
    [InlineData("stops.txt=stop_name", "feed-column-missing", "stops.txt: stop_id")]
    [InlineData("routes.txt=route_id", "feed-file-empty", "routes.txt")]
    public async Task Plan_WhenTheFeedLacksSomething_NamesIt(string spoil, string code, string field)
    {
        await using var app = await RegistryApp.StartAsync();

        var (status, answer) = await PlanAsync(app, "bus.zip", Feed(spoil), "transitFeeds:\n  - { id: bus, source: bus.zip }");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["notices"]!.AsArray().ShouldContain(notice => (string?)notice!["code"] == code && (string?)notice["field"] == field, answer.ToJsonString());
    }

    [Fact]
    public async Task Plan_WhenTheFeedIsNoZip_SaysSo()
    {
        await using var app = await RegistryApp.StartAsync();

        var (_, answer) = await PlanAsync(app, "bus.zip", "no zip"u8.ToArray(), "transitFeeds:\n  - { id: bus, source: bus.zip }");

        ((string?)answer["notices"]!.AsArray().ShouldHaveSingleItem()!["code"]).ShouldBe("feed-unreadable");
    }

    private static byte[] Feed(string? spoil = null)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["agency.txt"] = "agency_id,agency_name\n1,七尾バス\n",
            ["stops.txt"] = "stop_id,stop_name\n1,A\n2,B\n",
            ["routes.txt"] = "route_id\n1\n",
            ["trips.txt"] = "route_id,service_id,trip_id\n1,1,1\n",
            ["stop_times.txt"] = "trip_id,stop_id\n1,1\n",
            ["calendar.txt"] = "service_id\n1\n",
        };
        if (spoil?.Split('=') is { Length: 2 } header)
        {
            files[header[0]] = header[1] + "\n" + (header[1] == "route_id" ? "" : "x\n");
        }
        else if (spoil is not null)
        {
            files.Remove(spoil);
        }

        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    private static string ManifestWith(string name, byte[] content, string naming)
        => $"{Samples.Nanao}\n{naming}\nfiles: {{ {name}: \"{Convert.ToHexStringLower(SHA256.HashData(content))}\" }}";

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> PlanAsync(RegistryApp app, string name, byte[] content, string naming)
    {
        using var put = await app.SendAsync(HttpMethod.Put, $"municipalities/172022/files/{Convert.ToHexStringLower(SHA256.HashData(content))}", content);
        put.EnsureSuccessStatusCode();
        using var answer = await app.SendAsync(HttpMethod.Put, "municipalities/172022/manifest?dryRun=true", ManifestWith(name, content, naming));
        return (answer.StatusCode, await RegistryApp.ReadAsync(answer));
    }

    private static List<string?> Warnings(JsonObject plan) => [.. plan["warnings"]!.AsArray().Select(warning => (string?)warning!["message"])];
}
