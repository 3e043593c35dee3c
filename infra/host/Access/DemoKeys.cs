using System.Security.Cryptography;
using System.Text;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Access;

/// <summary>
/// Keys of the demo region's devices, derived from one secret in the data directory: the same at every start, and
/// nowhere written but in <c>host.json</c>. Towns that onboard devices get keys of their own from the registry.
/// </summary>
internal sealed class DemoKeys
{
    private const string FileName = "demo-secret";
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

    public bool Matches(string userName, ReadOnlySpan<byte> password)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(KeyOf(userName)), password);
}
