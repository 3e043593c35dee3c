using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Access;

/// <summary>The last known keys (hashes only) in the data directory, so that devices connect while the registry is down.</summary>
internal sealed class DeviceKeyCache(DataDirectory data, ILogger log)
{
    private const string FileName = "device-keys.json";

    public DeviceKeyChanges? Read()
    {
        try
        {
            return File.Exists(data.Combine(FileName))
                ? JsonSerializer.Deserialize<DeviceKeyChanges>(File.ReadAllBytes(data.Combine(FileName)), CityJson.Options)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            log.KeyCacheNotUsed(exception);
            return null;
        }
    }

    public void Write(DeviceKeyChanges keys)
    {
        try
        {
            data.WriteSecret(FileName, JsonSerializer.Serialize(keys, CityJson.Options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.KeyCacheNotUsed(exception);
        }
    }
}
