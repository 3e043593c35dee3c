using System.Globalization;
using System.Security.Cryptography;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Issuing;

/// <summary>CAP identifiers: <c>162043-20260701T030000-kzbqwmtd</c>. Sorted by name they are sorted by time; safe in URLs.</summary>
internal static class AlertIdentifier
{
    // No digits, which together with those of the time could read as an Individual Number; no vowels, which could make a word.
    private const string Letters = "bcdfghjkmnpqrstvwxyz";

    public static string New(string municipality, DateTimeOffset sent)
        => string.Create(CultureInfo.InvariantCulture,
            $"{municipality}-{JapanTime.From(sent):yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetString(Letters, 8)}");
}
