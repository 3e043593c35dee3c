using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Names;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>What people remember and the database does not: codes and families' words are kept as keyed fingerprints only.</summary>
public sealed class SafetySecrets(FieldCipher cipher)
{
    private const int LeastWords = 8;
    private const int CodeLength = 10;

    // Crockford's base32: no letter that reads like a digit or another letter.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    internal static ProblemHttpResult TooShort => Problem.Unprocessable("shared-secret-too-short", "The family's words are too short.",
        $"They must have at least {LeastWords} letters, some of them different, so that no stranger guesses them: two or three words. Nothing was saved or looked for.");

    /// <summary>Whether strangers would have to guess long enough.</summary>
    public static bool IsLongEnough(string? words) => Normalize(words) is var plain && plain.Length >= LeastWords && plain.Distinct().Count() >= 4;

    /// <summary>
    /// The same for the same words, however they are typed: width, case, katakana and hiragana, spaces and punctuation
    /// make no difference.
    /// </summary>
    public string OfWords(string words, string municipality) => cipher.Fingerprint(Normalize(words), municipality + "/safety-secret");

    /// <summary>Of a report's own key, which its sender made.</summary>
    public string OfKey(string key, string municipality) => cipher.Fingerprint(key, municipality + "/safety-key");

    /// <summary>Of a body, to recognize it.</summary>
    public string OfBody(string json, string municipality) => cipher.Fingerprint(json, municipality + "/safety-body");

    /// <summary>Of a code as somebody typed it.</summary>
    public string OfCode(string? typed, string municipality) => cipher.Fingerprint(Canonical(typed), municipality + "/safety-code");

    /// <summary>
    /// The code (50 bits, such as <c>7QX2M-0RTVB</c>) of the report with this key: made from the key again whenever it is
    /// sent again, since the first answer may have been lost; so it is stored nowhere.
    /// </summary>
    public string CodeFor(string key, string municipality)
    {
        var bytes = Base64Url.DecodeFromChars(cipher.Fingerprint(key, municipality + "/safety-code-of-key"));
        var code = string.Concat(bytes.Take(CodeLength).Select(part => Alphabet[part % Alphabet.Length]));
        return $"{code[..5]}-{code[5..]}";
    }

    private static string Canonical(string? typed)
    {
        var plain = (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpper(CultureInfo.InvariantCulture).Where(char.IsAsciiLetterOrDigit);
        return string.Concat(plain.Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter }));
    }

    private static string Normalize(string? words) => NameKey.Of(string.Concat((words ?? "").Where(letter => !char.IsPunctuation(letter))));
}
