using System.Text.Unicode;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>What MQTT allows in a string (MQTT 5.0, section 1.5.4): well-formed UTF-8 without U+0000.</summary>
public static class Utf8Rules
{
    /// <summary>Whether the bytes are a string; surrogates and over-long forms are not well-formed UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => !utf8.Contains((byte)0) && Utf8.IsValid(utf8);

    /// <summary>Whether text can be sent as a string: no lone surrogate, no null character, at most 65,535 bytes.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0') || System.Text.Encoding.UTF8.GetByteCount(text) > ushort.MaxValue)
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return false;
            }

            index++;
        }

        return true;
    }
}
