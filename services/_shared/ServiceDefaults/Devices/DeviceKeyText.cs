using System.Security.Cryptography;

namespace SmartCity.ServiceDefaults.Devices;

/// <summary>
/// Device keys: 160 random bits in eight groups of four, of letters and digits that are not mistaken for each other on a
/// small screen (no 0, O, 1, I). A key has more randomness than anybody can try, so one round of SHA-256 keeps it safe.
/// </summary>
public static class DeviceKeyText
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Symbols = 32;
    private const int GroupSize = 4;

    /// <summary>A new key, as it is shown and typed.</summary>
    public static string NewKey()
    {
        var symbols = RandomNumberGenerator.GetItems<char>(Alphabet, Symbols);
        return string.Join('-', symbols.Chunk(GroupSize).Select(group => new string(group)));
    }

    /// <summary>A new name for a key, which is no secret.</summary>
    public static string NewId() => "key-" + new string(RandomNumberGenerator.GetItems<char>(Alphabet, 8)).ToLowerInvariant();

    /// <summary>
    /// SHA-256 of a key as a device gave it. In a key of our own form, small letters, hyphens and spaces make no
    /// difference; anything else counts byte for byte.
    /// </summary>
    public static byte[] HashOf(ReadOnlySpan<byte> password)
    {
        Span<byte> symbols = stackalloc byte[Symbols];
        return SHA256.HashData(TryCanonical(password, symbols) ? symbols : password);
    }

    /// <inheritdoc cref="HashOf(ReadOnlySpan{byte})" />
    public static byte[] HashOf(string key) => HashOf(System.Text.Encoding.UTF8.GetBytes(key));

    private static bool TryCanonical(ReadOnlySpan<byte> password, Span<byte> symbols)
    {
        var count = 0;
        foreach (var given in password)
        {
            if (given is (byte)'-' or (byte)' ')
            {
                continue;
            }

            var symbol = given is >= (byte)'a' and <= (byte)'z' ? (byte)(given - 32) : given;
            if (count == Symbols || !Alphabet.Contains((char)symbol, StringComparison.Ordinal))
            {
                return false;
            }

            symbols[count++] = symbol;
        }

        return count == Symbols;
    }
}
