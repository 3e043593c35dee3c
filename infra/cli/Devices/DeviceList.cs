using System.Globalization;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using Spectre.Console;

namespace SmartCity.Cli.Devices;

/// <summary><c>device list CODE</c>: every page of the list.</summary>
internal static class DeviceList
{
    public static async Task<int> RunAsync(Session session, string code, string? kind, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var path = $"api/registry/municipalities/{Uri.EscapeDataString(code)}/devices?limit=100" + (kind is null ? "" : "&kind=" + Uri.EscapeDataString(kind));
        var devices = new List<Device>();
        string? next = null;
        do
        {
            var page = await api.GetAsync<Page<Device>>(path + (next is null ? "" : "&after=" + Uri.EscapeDataString(next)), cancellationToken);
            devices.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        if (session.Json)
        {
            session.Terminal.Json(devices);
        }
        else if (devices.Count == 0)
        {
            session.Terminal.Say(Terminal.Text(session.Words["device.none", code]));
        }
        else
        {
            session.Terminal.Table(TableOf(devices, session.Words));
        }

        return ExitCodes.Done;
    }

    private static Table TableOf(List<Device> devices, Words words)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "device.id", "device.kind", "device.name", "device.place" })
        {
            table.AddColumn(Terminal.Text(words[heading]));
        }

        foreach (var device in devices)
        {
            table.AddRow(
                Terminal.Text(device.Id), Terminal.Text(device.Kind), Terminal.Text(device.Name.In(words.Language)),
                device is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude } ? string.Create(CultureInfo.InvariantCulture, $"{latitude:0.#####}, {longitude:0.#####}") : "");
        }

        return table;
    }
}
