using System.Globalization;
using System.Text;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Decodes the escapes of a JSON string that <see cref="System.Text.Json"/> refuses to decode because one of them is
/// half of a surrogate pair: a reader that skips the property would never notice, so its other characters still count.
/// </summary>
internal static class JsonEscapes
{
    public static string Decode(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] != '\\' || index + 1 >= raw.Length)
            {
                text.Append(raw[index]);
            }
            else if (raw[index + 1] == 'u' && index + 5 < raw.Length
                && ushort.TryParse(raw.AsSpan(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append(char.IsSurrogate((char)unit) ? '\ufffd' : (char)unit);
                index += 5;
            }
            else
            {
                // \n, \t and their like separate; \" \\ \/ stand for themselves.
                text.Append(raw[index + 1] is '"' or '\\' or '/' ? raw[index + 1] : ' ');
                index++;
            }
        }

        return text.ToString();
    }
}
