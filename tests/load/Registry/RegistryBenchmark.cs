using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Registry;

/// <summary>A municipality registers ten thousand devices by one CSV file, and gets their keys.</summary>
internal static class RegistryBenchmark
{
    private const int Devices = 10_000;

    // Real codes, since the check digit is looked at; each round registers for another.
    private static readonly string[] Municipalities =
        ["162043", "162019", "162027", "162051", "162060", "162078", "162086", "162094", "162108", "162116", "163210", "163228", "163236", "163422", "163431", "172022", "172014", "172031", "172049", "172057"];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("smartcity-registry-").FullName;
        await using (var registry = await MeasuredRegistry.StartAsync(folder, cancellationToken))
        {
            List<double> seconds = [];
            // The first finds nothing compiled, and is not counted.
            for (var round = 0; round <= options.Rounds; round++)
            {
                var municipality = Municipalities[round];
                await OnboardAsync(registry, municipality, cancellationToken);
                using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(Csv()));
                file.Headers.ContentType = new MediaTypeHeaderValue("text/csv") { CharSet = "utf-8" };
                var started = Stopwatch.GetTimestamp();
                var answer = await registry.SendAsync(HttpMethod.Post, $"municipalities/{municipality}/devices/import", file, "clerk-1", "clerk", municipality, cancellationToken);
                var elapsed = Stopwatch.GetElapsedTime(started);
                var keys = JsonNode.Parse(answer)!["items"]!.AsArray().Count(item => (string?)item!["key"] is { Length: > 0 });
                if (keys != Devices)
                {
                    throw new InvalidOperationException($"{keys} keys for {Devices} devices.");
                }

                if (round > 0)
                {
                    seconds.Add(elapsed.TotalSeconds);
                }
            }

            report.Add(new Figure("10,000 devices by one CSV file, with their keys", "importSeconds", "s", seconds) { Target = "below 10" });
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task OnboardAsync(MeasuredRegistry registry, string municipality, CancellationToken cancellationToken)
    {
        using var manifest = new StringContent(
            $$"""
            code: "{{municipality}}"
            name: { ja: 町, en: Town }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            services: [telemetry]
            """, Encoding.UTF8, "application/yaml");
        var change = JsonNode.Parse(await registry.SendAsync(HttpMethod.Put, $"municipalities/{municipality}/manifest", manifest, "clerk-1", "clerk", municipality, cancellationToken))!;
        await registry.SendAsync(
            HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"changes/{(long)change["id"]!}/approve"), content: null, "officer-1", "officer", municipality, cancellationToken);
    }

    private static string Csv()
    {
        var file = new StringBuilder("id,kind,name_ja,name_kana,name_en,latitude,longitude,alert_radius_metres\r\n");
        for (var number = 0; number < Devices; number++)
        {
            file.Append(CultureInfo.InvariantCulture, $"gauge-{number},river,水位計{number}号,スイイケイ,Gauge {number},{36 + (number / 10_000.0):F4},{137 + (number % 100 / 100.0):F2},1500\r\n");
        }

        return file.ToString();
    }
}
