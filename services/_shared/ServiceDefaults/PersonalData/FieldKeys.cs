using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// The keys of one service: <c>{"current":"2026-04","keys":{"2026-04":"…"},"index":"…"}</c>, each 32 bytes as base64. To
/// rotate, add a key and name it as current; the old one stays for as long as something is encrypted with it.
/// </summary>
/// <param name="Current">Id of the key that encrypts.</param>
/// <param name="Keys">Every key that decrypts, by id.</param>
/// <param name="Index">The key of fingerprints; it does not rotate, since what it finds was stored long ago.</param>
public sealed record FieldKeys(string Current, IReadOnlyDictionary<string, byte[]> Keys, byte[] Index)
{
    private const int KeyBytes = 32;

    /// <summary>Fresh keys, in the file's form.</summary>
    public static string Make(string id)
        => JsonSerializer.Serialize(new FieldKeys(id, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [id] = RandomNumberGenerator.GetBytes(KeyBytes) }, RandomNumberGenerator.GetBytes(KeyBytes)), CityJson.Options);

    /// <exception cref="FormatException">They are not in this form, or a key is missing or of another length.</exception>
    public static FieldKeys Parse(string json)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<FieldKeys>(json, CityJson.Options);
            var isWhole = keys is { Keys: not null, Index.Length: KeyBytes, Current: not null } && keys.Keys.ContainsKey(keys.Current)
                && keys.Keys.All(key => key.Value.Length == KeyBytes && key.Key.Length > 0 && !key.Key.Contains('.', StringComparison.Ordinal));
            return isWhole ? keys! : throw new FormatException($"Field keys are {{\"current\":id,\"keys\":{{id:key}},\"index\":key}} with keys of {KeyBytes} bytes as base64 and ids without a dot; the current one must be among them.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("Field keys are not JSON of the form {\"current\":id,\"keys\":{id:key},\"index\":key}.", exception);
        }
    }
}
