using SmartCity.Contracts.Towns;
using SmartCity.Host.Startup;


namespace SmartCity.Host.Report;

/// <summary>The report as a table for people.</summary>
internal static class HostTable
{
    public static void Write(TextWriter output, HostReport report, IReadOnlyList<Town> towns, DataDirectory data, TimeSpan startup)
    {
        output.WriteLine();
        output.WriteLine($"SmartCity is ready ({startup.TotalSeconds:0.0} s). Ctrl-C stops it.");
        WriteBlock(output, "Pages", towns.Select(town => new[] { town.Name.In("ja"), town.Name.In("en"), $"{report.Gateway}/{town.Code}" }));
        WriteBlock(output, "API", towns.Select(town => new[] { town.Name.In("en"), "alerts", $"{report.Gateway}/api/{town.Code}/alerts/active" })
            .Append(["", "ready", $"{report.Gateway}/readyz"]));
        WriteBlock(output, $"MQTT  {report.Mqtt.Host}:{report.Mqtt.Port}  (user name, password, topic)",
            report.Devices.Select(device => new[] { device.UserName, device.Password, $"sc/v1/{device.UserName}/telemetry" }));
        WriteBlock(output, "Demo people (tokens in host.json, or POST /dev/token?name=…)",
            report.People.Select(person => new[] { person.Name, person.Role, person.Municipality ?? "" }));
        WriteBlock(output, "Services and their sidecars", report.Services.Select(service => new[] { service.Key, service.Value, report.Sidecars[service.Key] }));
        WriteBlock(output, "Data", [[data.Path], [data.Combine(HostReport.FileName)]]);
        output.WriteLine();
    }

    private static void WriteBlock(TextWriter output, string title, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        output.WriteLine();
        output.WriteLine("  " + title);
        var columns = lines.Count == 0 ? 0 : lines.Max(line => line.Length);
        var widths = Enumerable.Range(0, columns).Select(column => lines.Max(line => column < line.Length ? WidthOf(line[column]) : 0)).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine("    " + string.Join("  ", line.Select((cell, column) => cell + new string(' ', widths[column] - WidthOf(cell)))).TrimEnd());
        }
    }

    // Kanji and kana take two columns of a terminal.
    private static int WidthOf(string text) => text.Sum(character => character >= 0x1100 ? 2 : 1);
}
