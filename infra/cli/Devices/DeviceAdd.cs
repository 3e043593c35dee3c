using SmartCity.Cli.Answers;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Cli.Devices;

/// <summary><c>device add CODE ID</c>: registers one device and shows its key, this once.</summary>
internal static class DeviceAdd
{
    public static async Task<int> RunAsync(Session session, string code, string id, DeviceOptions options, CancellationToken cancellationToken)
    {
        var name = new LocalizedText { ["ja"] = session.Get(options.Name)! };
        Put(name, "ja-Hira", session.Get(options.Kana));
        Put(name, "en", session.Get(options.English));
        var device = new Device
        {
            Id = id,
            Kind = session.Get(options.Kind)!,
            Name = name,
            LatitudeDegrees = session.Get(options.Latitude),
            LongitudeDegrees = session.Get(options.Longitude),
            AlertRadiusMetres = session.Get(options.Radius),
        };
        using var api = await session.ConnectAsync(cancellationToken);
        var path = $"api/registry/municipalities/{Uri.EscapeDataString(code)}/devices{(session.Get(options.Qr) ? "?qr=text" : "")}";
        var (_, text) = await api.CallAsync(HttpMethod.Post, path, Api.JsonBody(device), isRepeatable: false, cancellationToken);
        AccessPrinter.Print(session, Api.Read<Access>(text), "device.added", id);
        return ExitCodes.Done;
    }

    private static void Put(LocalizedText name, string language, string? text)
    {
        if (text is { Length: > 0 })
        {
            name[language] = text;
        }
    }
}
