using System.Globalization;
using System.Security.Cryptography;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Issuing;

/// <summary>CAP identifiers: <c>162043-20260701T030000-3f9a1c2b</c>. Sorted by name they are sorted by time; safe in URLs.</summary>
internal static class AlertIdentifier
{
    public static string New(string municipality, DateTimeOffset sent)
        => string.Create(CultureInfo.InvariantCulture,
            $"{municipality}-{JapanTime.From(sent):yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}
