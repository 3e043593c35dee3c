using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>The field types of GTFS (https://gtfs.org/documentation/schedule/reference/#field-types).</summary>
internal static class FieldFormats
{
    // ISO 4217, active codes.
    private static readonly FrozenSet<string> Currencies = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP "
        + "DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD "
        + "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS "
        + "SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789+-()（）－ー ./*#extEXT,;０１２３４５６７８９　");

    /// <summary><c>H:MM:SS</c>, with hours to 999: a service day may be longer than 24 hours.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        var colon = text.IndexOf(':');
        return colon is >= 1 and <= 3
            && text.Length == colon + 6
            && text[colon + 3] == ':'
            && TryDigits(text[..colon], out var hours)
            && TryDigits(text.Slice(colon + 1, 2), out var minutes)
            && TryDigits(text[(colon + 4)..], out var rest)
            && minutes < 60
            && rest < 60
            && (seconds = (hours * 3600) + (minutes * 60) + rest) >= 0;
    }

    /// <summary><c>YYYYMMDD</c>; the number is that of <see cref="DateOnly.DayNumber"/>.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out int dayNumber)
    {
        dayNumber = 0;
        if (text.Length != 8 || !TryDigits(text, out _) || !DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        dayNumber = date.DayNumber;
        return true;
    }

    public static bool IsColor(ReadOnlySpan<char> text) => text.Length == 6 && !text.ContainsAnyExcept("0123456789abcdefABCDEF");

    public static bool IsCurrency(ReadOnlySpan<char> text) => text.Length == 3 && Currencies.Contains(text.ToString().ToUpperInvariant());

    /// <summary>Well-formed after RFC 5646, section 2.1: a language of 2 to 8 letters, then subtags.</summary>
    public static bool IsLanguage(ReadOnlySpan<char> text)
    {
        var isFirst = true;
        foreach (var range in text.Split('-'))
        {
            var tag = text[range];
            if (tag.Length is < 1 or > 8 || (isFirst && (tag.Length < 2 || !IsLetters(tag))) || !IsLettersOrDigits(tag))
            {
                return false;
            }

            isFirst = false;
        }

        return true;
    }

    public static bool IsUrl(ReadOnlySpan<char> text)
        => Uri.TryCreate(text.ToString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ftp" && uri.Host.Contains('.', StringComparison.Ordinal) && !text.Contains(' ');

    public static bool IsEmail(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && text[(at + 1)..].Contains('.') && text[^1] != '.' && text[at + 1] != '.' && !text.ContainsAny(' ', '\u3000', ',');
    }

    /// <summary>As a person would dial it: at least three digits, and nothing that no telephone number has.</summary>
    public static bool IsPhone(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            digits += char.IsDigit(character) ? 1 : 0;
        }

        // Letters may stand for digits ("1-800-FLY-HIGH"), as long as it begins like a number.
        return digits >= 3 && (!text.ContainsAnyExcept(PhoneCharacters) || char.IsDigit(text[0]) || text[0] is '+' or '(');
    }

    public static bool IsTimeZone(ReadOnlySpan<char> text) => TimeZoneInfo.TryFindSystemTimeZoneById(text.ToString(), out _);

    public static bool IsPrintableAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    private static bool TryDigits(ReadOnlySpan<char> text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsLetters(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetter(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLettersOrDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
