using System.Globalization;
using System.Security.Cryptography;
using SmartCity.Contracts;
using SmartCity.Host.Access;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Startup;

/// <summary>The configuration that the host gives a service; as environment variables when it is a process of its own.</summary>
internal static class ServiceSettings
{
    /// <summary>What sidecars prove themselves with to their services; made anew at each start, since both end with the host.</summary>
    public static readonly string AppApiToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static Dictionary<string, string?> For(string appId, CityHostOptions options, DataDirectory data, DemoKeys keys)
    {
        var ports = options.Ports;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["APP_API_TOKEN"] = AppApiToken,
            ["Identity:Authority"] = Loopback(ports.Development),
            ["Dapr:HttpEndpoint"] = Loopback(ports.Sidecars[appId]),
            ["ConnectionStrings:Database"] = $"Data Source={data.Combine(Path.Combine("databases", appId + ".db"))}",
        };
        if (appId == AppIds.Registry)
        {
            settings["Registry:Seed:RegionFile"] = options.RegionFile;
            settings["Registry:Seed:KeysFile"] = options.RegionFile is { } region ? keys.WriteSeedFile(data, RegionFile.Load(region).Municipalities) : null;
            settings["Registry:Mqtt:Port"] = ports.Mqtt.ToString(CultureInfo.InvariantCulture);
            foreach (var (index, service) in ServiceCatalog.AppIdsOfServices.Index())
            {
                settings[string.Create(CultureInfo.InvariantCulture, $"Registry:InstalledServices:{index}")] = service;
            }

        }
        else
        {
            settings["Registry:CacheFile"] = TownCacheOf(appId, data);
        }

        if (appId == AppIds.Telemetry)
        {
            settings["Orleans:Directory"] = data.Combine(Path.Combine("grains", appId));
            settings["Mqtt:Host"] = "127.0.0.1";
            settings["Mqtt:Port"] = ports.Mqtt.ToString(CultureInfo.InvariantCulture);
            settings["Mqtt:UserName"] = ServiceCatalog.ServiceUser;
            settings["Mqtt:Password"] = keys.KeyOf(ServiceCatalog.ServiceUser);
        }

        if (appId == AppIds.Transit)
        {
            settings["Orleans:Directory"] = data.Combine(Path.Combine("grains", appId));
            settings["Mqtt:Host"] = "127.0.0.1";
            settings["Mqtt:Port"] = ports.Mqtt.ToString(CultureInfo.InvariantCulture);
            settings["Mqtt:UserName"] = ServiceCatalog.TransitUser;
            settings["Mqtt:Password"] = keys.KeyOf(ServiceCatalog.TransitUser);
        }

        if (appId == AppIds.Portal)
        {
            settings["Portal:SignIn:KeysDirectory"] = data.Combine("portal-keys");
        }

        if (appId == AppIds.Gateway)
        {
            settings["Gateway:Development"] = Loopback(ports.Development);
            // Another key would make strangers of all residents to every third party.
            settings["Gateway:PseudonymKey"] = data.KeepSecret("pseudonym-key");
            // Standard output is the host's table.
            settings["Gateway:AccessLog:File"] = data.Combine(Path.Combine("logs", "gateway-access.jsonl"));
            foreach (var service in ServiceCatalog.AppIdsOfServices)
            {
                settings[$"Gateway:Services:{service}"] = Loopback(ports.Services[service]);
            }
        }

        return settings;
    }

    /// <summary>Where a service, or the host itself, keeps the last towns it heard of.</summary>
    public static string TownCacheOf(string name, DataDirectory data) => data.Combine(Path.Combine("towns", name + ".json"));

    public static string UrlOf(string appId, HostPorts ports)
        => appId == AppIds.Gateway ? GatewayUrl(ports) : Loopback(ports.Services[appId]);

    /// <summary>By name, so that both loopback addresses answer; browsers try either first.</summary>
    public static string GatewayUrl(HostPorts ports) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ports.Gateway}");

    public static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
