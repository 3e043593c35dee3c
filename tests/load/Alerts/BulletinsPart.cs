using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using SmartCity.Alerts.Tests.Jma;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>Bulletins of the Japan Meteorological Agency, from the request that brings one to the open page, one after the other.</summary>
internal static class BulletinsPart
{
    private const int WarmUp = 30;
    private const int Bulletins = 60;
    private const int Serials = 30;

    // About as many as a prefecture with its neighbours has, in one bulletin of about 100 KB.
    private const int MunicipalitiesOfALargeOne = 400;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        await using var host = await MeasuredHost.StartAsync(devices: 1);
        await using var page = await PageFleet.OpenAsync(host.Alerts, pages: 1);
        using var http = new HttpClient { BaseAddress = host.Alerts };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Tokens["officer"]);
        var quake = 0;
        BulletinXml Quake(int serial = 1) => BulletinXml.EarlyWarning(serial.ToString(CultureInfo.InvariantCulture)) with
        {
            At = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(9)),
            EventId = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyyMMdd}{quake:000000}"),
        };

        await MeasureAsync(http, page, WarmUp, _ => { quake++; return Quake(); }, cancellationToken);
        await MeasureAsync(http, page, WarmUp, _ => Weather(), cancellationToken);
        Add(report, "an early warning of a new quake", "earlyWarning", await MeasureAsync(http, page, Bulletins, _ => { quake++; return Quake(); }, cancellationToken));
        quake++;
        Add(report, $"{Serials} serials about one quake", "earlyWarningSerial", await MeasureAsync(http, page, Serials, serial => Quake(serial + 1), cancellationToken));
        Add(report, $"a weather bulletin of {MunicipalitiesOfALargeOne} municipalities ({Weather().ToBytes().Length / 1024} KB)", "weather",
            await MeasureAsync(http, page, Serials, _ => Weather(), cancellationToken));
    }

    private static void Add(Report report, string what, string key, List<double> milliseconds)
    {
        var (p50, p99) = Percentile.Of(milliseconds);
        report.Add(new Figure($"bulletin to open page, {what}; median", $"{key}P50Milliseconds", "ms", [p50]) { Target = "below 20" });
        report.Add(new Figure("- 99 %", $"{key}P99Milliseconds", "ms", [p99]));
    }

    private static BulletinXml Weather()
    {
        var body = new StringBuilder("<Warning type=\"気象警報・注意報（市町村等）\">");
        for (var number = 0; number < MunicipalitiesOfALargeOne; number++)
        {
            var (code, name) = number == MunicipalitiesOfALargeOne / 2 ? ("1620400", "魚津市") : (string.Create(CultureInfo.InvariantCulture, $"20{number:000}00"), $"町{number}");
            body.Append(CultureInfo.InvariantCulture,
                $"<Item><Kind><Name>レベル４土砂災害危険警報</Name><Code>49</Code><Status>発表</Status></Kind><Area><Name>{name}</Name><Code>{code}</Code></Area></Item>");
        }

        return BulletinXml.Landslide("", "") with { At = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(9)), Body = body.Append("</Warning>").ToString() };
    }

    private static async Task<List<double>> MeasureAsync(HttpClient http, PageFleet page, int count, Func<int, BulletinXml> next, CancellationToken cancellationToken)
    {
        var taken = new List<double>();
        for (var turn = 0; turn < count; turn++)
        {
            var bytes = next(turn).ToBytes();
            await page.BeginAsync();
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            var sent = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync(new Uri($"/api/{MeasuredHost.Town}/alerts/jma", UriKind.Relative), content, cancellationToken);
            var (stamps, reached) = answer.IsSuccessStatusCode ? await page.TakeAsync() : ([], 0);
            if (reached != 1)
            {
                throw new InvalidOperationException($"A bulletin was not published: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }

            taken.AddRange(stamps.Select(at => Stopwatch.GetElapsedTime(sent, at).TotalMilliseconds));
            // Serials and offices' bulletins are told apart by whole seconds.
            Pause.For(TimeSpan.FromMilliseconds(1000 - DateTime.UtcNow.Millisecond), cancellationToken);
        }

        return taken;
    }
}
