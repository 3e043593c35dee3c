using System.Globalization;
using SmartCity.Contracts;

namespace SmartCity.Host.Startup;

/// <summary>What the command line asks for.</summary>
internal sealed record CityHostOptions
{
    public required string DataDirectory { get; init; }

    /// <summary>Municipalities to set up where the registry has never had them; null for none.</summary>
    public required string? RegionFile { get; init; }

    public bool NoSimulator { get; init; }

    public bool Isolate { get; init; }

    public required HostPorts Ports { get; init; }

    public static string DefaultDataDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "smartcity");

    public static string DefaultRegionFile => Path.Combine(AppContext.BaseDirectory, "region", "demo.yaml");
}

/// <summary>Every port of the host, all on loopback.</summary>
internal sealed record HostPorts
{
    public required int Gateway { get; init; }

    public required int Mqtt { get; init; }

    /// <summary>Issuer and simulator control, in Development only.</summary>
    public required int Development { get; init; }

    public required IReadOnlyDictionary<string, int> Services { get; init; }

    public required IReadOnlyDictionary<string, int> Sidecars { get; init; }

    /// <summary>8080, 1883, 5100 to 5106 and 3501 to 3507.</summary>
    public static HostPorts Default { get; } = Of(gateway: 8080, mqtt: 1883, development: 5100, firstService: 5101, firstSidecar: 3501);

    /// <summary>All ports from one base on: gateway, MQTT, development, six services, seven sidecars.</summary>
    public static HostPorts From(int portBase) => Of(portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 10);

    /// <summary>Free ports picked by the system.</summary>
    public static HostPorts Picked()
    {
        var ports = FreePorts.Pick(3 + (2 * AppIds.InPortOrder.Count));
        var services = AppIds.InPortOrder.Count;
        return new HostPorts
        {
            Gateway = ports[0],
            Mqtt = ports[1],
            Development = ports[2],
            Services = AppIds.InPortOrder.Where(app => app != AppIds.Gateway).Select((app, index) => (app, ports[3 + index])).ToDictionary(),
            Sidecars = AppIds.InPortOrder.Select((app, index) => (app, ports[3 + services + index])).ToDictionary(),
        };
    }

    /// <summary>Each port with what it is for.</summary>
    public IEnumerable<(int Port, string Use)> All(IReadOnlyCollection<string> services)
        => new[] { (Gateway, "gateway"), (Mqtt, "MQTT"), (Development, "development issuer") }
            .Concat(Services.Where(service => services.Contains(service.Key)).Select(service => (service.Value, service.Key)))
            .Concat(Sidecars.Where(sidecar => services.Contains(sidecar.Key) || sidecar.Key == AppIds.Gateway)
                .Select(sidecar => (sidecar.Value, string.Create(CultureInfo.InvariantCulture, $"sidecar of {sidecar.Key}"))));

    private static HostPorts Of(int gateway, int mqtt, int development, int firstService, int firstSidecar) => new()
    {
        Gateway = gateway,
        Mqtt = mqtt,
        Development = development,
        Services = AppIds.InPortOrder.Where(app => app != AppIds.Gateway).Select((app, index) => (app, firstService + index)).ToDictionary(),
        Sidecars = AppIds.InPortOrder.Select((app, index) => (app, firstSidecar + index)).ToDictionary(),
    };
}
