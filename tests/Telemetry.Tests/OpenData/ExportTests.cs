using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Telemetry.Tests.OpenData;

public sealed class ExportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));
    private const string Span = "from=2026-07-01T03:00:00%2B09:00&to=2026-07-01T03:10:00%2B09:00";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await OpenDataTown.StartAsync("Database");

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Csv_WhenThereAreReadings_HasTheColumnsOfARecordingAndTheTerms()
    {
        await _app.PublishLevelAsync(Start, 1.25);
        await _app.PublishLevelAsync(Start.AddSeconds(60), 3.5);
        await _app.PublishLevelAsync(Start, 99, TelemetryApp.OtherTown);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 2);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1, town: TelemetryApp.OtherTown);

        using var response = await GetAsync($"readings.csv?{Span}");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        response.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=162043-river-katakai-1.csv");
        response.Content.Headers.LastModified.ShouldBe(Start.AddSeconds(60));
        response.Headers.GetValues("Link").ShouldBe(["<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\""]);
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            "municipality,device,metric,t,value,unit\r\n"
            + "162043,river-katakai-1,waterLevelMetres,2026-07-01T03:00:00+09:00,1.25,m\r\n"
            + "162043,river-katakai-1,waterLevelMetres,2026-07-01T03:01:00+09:00,3.5,m\r\n");
    }

    [Fact]
    public async Task Csv_WhenBucketsShowGaps_LeavesTheirCellsEmpty()
    {
        await _app.PublishLevelAsync(Start, 1);
        await _app.PublishLevelAsync(Start.AddSeconds(30), 2);
        await _app.PublishLevelAsync(Start.AddSeconds(130), 4);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 3);
        var rows = CsvRecords.Read(await TextAsync($"readings.csv?bucket=1m&fill=gaps&from=2026-07-01T03:00:00%2B09:00&to=2026-07-01T03:04:00%2B09:00")).Select(row => row.Fields).ToList();
        rows[0].ShouldBe(["municipality", "device", "metric", "t", "value", "unit", "minimum", "maximum", "count", "last", "widthSeconds"]);
        rows.Skip(1).Select(row => string.Join('|', row.Skip(3))).ShouldBe(
        [
            "2026-07-01T03:00:00+09:00|1.5|m|1|2|2|2|60",
            "2026-07-01T03:01:00+09:00||m|||0||60",
            "2026-07-01T03:02:00+09:00|4|m|4|4|1|4|60",
            "2026-07-01T03:03:00+09:00||m|||0||60",
        ]);
        CsvRecords.Read(await TextAsync($"readings.csv?bucket=1m&{Span}")).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Json_WhenBucketsShowGaps_GivesNulls()
    {
        await _app.PublishLevelAsync(Start.AddMinutes(1), 1);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        var answer = JsonSerializer.Deserialize<JsonElement>(
            await TextAsync("readings.json?bucket=1m&fill=gaps&from=2026-07-01T03:00:00%2B09:00&to=2026-07-01T03:02:00%2B09:00"));
        answer.GetProperty("licence").GetString().ShouldBe("CC BY 4.0");
        answer.GetProperty("licenceUrl").GetString().ShouldBe("https://creativecommons.org/licenses/by/4.0/");
        answer.GetProperty("updated").GetDateTimeOffset().ShouldBe(Start.AddMinutes(1));
        answer.GetProperty("units").GetProperty("waterLevelMetres").GetString().ShouldBe("m");
        var items = answer.GetProperty("items");
        items.GetArrayLength().ShouldBe(2);
        items[0].GetRawText().ShouldBe("""{"metric":"waterLevelMetres","t":"2026-07-01T03:00:00+09:00","count":0,"minimum":null,"maximum":null,"mean":null,"last":null}""");
        items[1].GetProperty("mean").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Export_WhenTheSpanIsLong_HasEveryReadingOnceInOrder()
    {
        const int messages = 30;
        const int readings = 500;
        for (var message = 0; message < messages; message++)
        {
            var parts = Enumerable.Range(message * readings, readings)
                .Select(index => string.Create(CultureInfo.InvariantCulture, $"{{\"t\":\"{Start.AddSeconds(index):O}\",\"waterLevelMetres\":{index},\"batteryVolts\":3}}"));
            await _app.PublishAsync($"[{string.Join(',', parts)}]");
        }

        await _app.DeviceWhenAsync(device => device.AcceptedCount == messages);
        var rows = CsvRecords.Read(await TextAsync("readings.csv?metric=waterLevelMetres&from=2026-01-01T00:00:00Z")).Skip(1).ToList();
        rows.Select(row => int.Parse(row.Fields[4], CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(0, messages * readings));
        var json = JsonSerializer.Deserialize<JsonElement>(await TextAsync("readings.json?from=2026-01-01T00:00:00Z"));
        json.GetProperty("items").GetArrayLength().ShouldBe(2 * messages * readings);
    }

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-8-bom", "utf-8", true)]
    [InlineData("shift_jis", "shift_jis", false)]
    public async Task OpenDataCsv_WhenAnEncodingIsAskedFor_IsWrittenInIt(string encoding, string charset, bool hasMark)
    {
        await _app.PublishLevelAsync(Start, 1.25);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var response = await _app.Http.GetAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/open-data/latest.csv?encoding={encoding}", UriKind.Relative));
        response.Content.Headers.ContentType!.CharSet.ShouldBe(charset);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble).ShouldBe(hasMark);
        var text = Encoding.GetEncoding(charset).GetString(bytes).TrimStart('\uFEFF');
        CsvRecords.Read(text).Last().Fields.ShouldBe(
            ["162043", "river-katakai-1", "waterLevelMetres", "2026-07-01T03:00:00+09:00", "1.25", "m", "river", "片貝川", "36.8", "137.4", "CC BY 4.0", "魚津市防災課"]);
    }

    [Fact]
    public async Task OpenDataDevices_WhenANameHasAComma_QuotesIt()
    {
        var text = await _app.Http.GetStringAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/open-data/devices.csv", UriKind.Relative));
        text.ShouldContain("162043,river-katakai-1,river,片貝川,\"Katakai, River\",36.8,137.4,CC BY 4.0,魚津市防災課\r\n");
        text.ShouldContain("162043,weather-1,weather,気象,Weather,,,CC BY 4.0,魚津市防災課\r\n");
    }

    [Theory]
    [InlineData("readings.csv?encoding=ebcdic", "encoding-unknown")]
    [InlineData("readings.csv?bucket=7m", "bucket-malformed")]
    [InlineData("readings.csv?fill=gaps", "fill-malformed")]
    [InlineData("readings.json?bucket=1h&fill=zeros", "fill-malformed")]
    [InlineData("readings.json?from=2026-07-01T03:00:00Z&to=2026-07-01T03:00:00Z", "span-empty")]
    [InlineData("readings.csv?to=0001-01-01T00:00:00Z", "span-empty")]
    [InlineData("readings.csv?from=9999-12-31T00:00:00Z", "span-empty")]
    [InlineData("readings.json?bucket=1m&fill=gaps&from=1990-07-01T03:00:00Z", "span-too-long")]
    public async Task Export_WhenAParameterIsWrong_SaysWhich(string path, string code)
    {
        using var response = await GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("urn:smartcity:problem:" + code);
    }

    [Fact]
    public async Task Export_WhenTheDeviceIsUnknown_IsNotFound()
    {
        using var response = await _app.Http.GetAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/devices/nobody/readings.csv", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> GetAsync(string path)
        => _app.Http.GetAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/devices/{TelemetryApp.Device}/{path}", UriKind.Relative));

    private async Task<string> TextAsync(string path)
    {
        using var response = await GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
