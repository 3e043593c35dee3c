using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Startup;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Host.Access;

/// <summary>
/// Keys of the demo region's devices, derived from one secret in the data directory: the same at every start, and
/// nowhere written but in <c>host.json</c>. To the registry they are keys like any other: rotated and revoked there.
/// </summary>
internal sealed class DemoKeys
{
    private const string FileName = "demo-secret";
    private const string SeedFileName = "demo-device-keys.json";
    private readonly byte[] _secret;

    public DemoKeys(DataDirectory data)
    {
        if (!File.Exists(data.Combine(FileName)))
        {
            data.WriteSecret(FileName, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        }

        _secret = Convert.FromHexString(File.ReadAllText(data.Combine(FileName)).Trim());
    }

    /// <summary>24 letters and digits that are easy to type.</summary>
    public string KeyOf(string userName)
        => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(userName)))[..24];

    /// <summary>Writes the hashes of the demo devices' keys, with which the registry begins.</summary>
    /// <returns>The file, for <c>Registry:Seed:KeysFile</c>.</returns>
    public string WriteSeedFile(DataDirectory data, IEnumerable<Town> towns)
    {
        var hashes = towns.SelectMany(town => town.Devices.Select(device => MqttTopic.UserName(town.Code, device.Id)))
            .ToDictionary(userName => userName, userName => Convert.ToHexStringLower(DeviceKeyText.HashOf(KeyOf(userName))), StringComparer.Ordinal);
        data.WriteSecret(SeedFileName, JsonSerializer.Serialize(hashes, CityJson.Options));
        return data.Combine(SeedFileName);
    }

    public bool Matches(string userName, ReadOnlySpan<byte> password)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(KeyOf(userName)), password);
}
