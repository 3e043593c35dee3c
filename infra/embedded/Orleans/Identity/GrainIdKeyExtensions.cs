using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>
/// The text forms of integer and GUID keys: upper-case hexadecimal without leading zeros, and 32 hexadecimal digits,
/// each followed by <c>+extension</c> when the key is compound.
/// </summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of a grain with an integer key.</summary>
    public static IdSpan CreateIntegerKey(long key) => CreateIntegerKey(key, (string?)null);

    /// <summary>The key of a grain with an integer key and an extension.</summary>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        Create(key.ToString("X", CultureInfo.InvariantCulture), keyExtension);

    /// <summary>The key of a grain with a GUID key.</summary>
    public static IdSpan CreateGuidKey(Guid key) => CreateGuidKey(key, (string?)null);

    /// <summary>The key of a grain with a GUID key and an extension.</summary>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => Create(key.ToString("N"), keyExtension);

    /// <summary>Reads an integer key; false when the key has another form.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads a GUID key; false when the key has another form.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return Guid.TryParseExact(text, "N", out key);
    }

    /// <summary>Reads an integer key; throws <see cref="ArgumentException"/> when the key has another form.</summary>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt) ? key : throw Wrong(grainId, "Integer");

    /// <inheritdoc cref="GetIntegerKey(GrainId, out string?)"/>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>Reads a GUID key; throws <see cref="ArgumentException"/> when the key has another form.</summary>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt) ? key : throw Wrong(grainId, "Guid");

    /// <inheritdoc cref="GetGuidKey(GrainId, out string?)"/>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    private static IdSpan Create(string key, string? extension) =>
        IdSpan.Create(string.IsNullOrWhiteSpace(extension) ? key : $"{key}+{extension}");

    private static string Split(GrainId grainId, out string? extension)
    {
        var bytes = grainId.Key.AsSpan();
        var plus = bytes.IndexOf((byte)'+');
        extension = plus < 0 ? null : Encoding.UTF8.GetString(bytes[(plus + 1)..]);
        return Encoding.UTF8.GetString(plus < 0 ? bytes : bytes[..plus]);
    }

    private static ArgumentException Wrong(GrainId grainId, string kind) =>
        new($"Value \"{grainId}\" is not in the correct format for a {kind} key.", nameof(grainId));
}
