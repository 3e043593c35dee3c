using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Access;
using SmartCity.Host.Development;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Report;

/// <summary>What a person or a program needs to use the running host; written as <c>host.json</c> and printed as a table.</summary>
internal sealed record HostReport
{
    public const string FileName = "host.json";

    public required string Gateway { get; init; }

    public required MqttReport Mqtt { get; init; }

    public required IReadOnlyDictionary<string, string> Sidecars { get; init; }

    public required IReadOnlyDictionary<string, string> Services { get; init; }

    public required IReadOnlyList<DeviceReport> Devices { get; init; }

    public required IReadOnlyList<PersonReport> People { get; init; }

    public static HostReport Of(CityHostOptions options, IReadOnlyList<Town> demoTowns, IReadOnlyList<DemoPerson> people, DemoKeys keys, DevelopmentIssuer issuer) => new()
    {
        Gateway = ServiceSettings.GatewayUrl(options.Ports),
        Mqtt = new MqttReport("127.0.0.1", options.Ports.Mqtt),
        Sidecars = ServiceCatalog.AppIdsOfServices.Append(AppIds.Gateway).ToDictionary(app => app, app => ServiceSettings.Loopback(options.Ports.Sidecars[app])),
        Services = ServiceCatalog.AppIdsOfServices.ToDictionary(app => app, app => ServiceSettings.Loopback(options.Ports.Services[app])),
        Devices = demoTowns.SelectMany(town => town.Devices.Select(device =>
        {
            var userName = MqttTopic.UserName(town.Code, device.Id);
            return new DeviceReport(town.Code, device.Id, userName, keys.KeyOf(userName));
        })).ToArray(),
        People = people
            .Select(person => new PersonReport(person.Name, person.Role, person.Municipality, issuer.TokenFor(person.Name, person.Role, person.Municipality)))
            .ToArray(),
    };

    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(CityJson.Options) { WriteIndented = true });
}

internal sealed record MqttReport(string Host, int Port);

internal sealed record DeviceReport(string Municipality, string Id, string UserName, string Password);

internal sealed record PersonReport(string Name, string Role, string? Municipality, string Token);
