using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>The texts of a report that say who and where.</summary>
/// <param name="Name">As the family knows them.</param>
/// <param name="Contact">Telephone or the like; for the town only.</param>
/// <param name="Place">Where they are; for the town only.</param>
/// <param name="Message">For the family and the town.</param>
public sealed record PersonalTexts(string? Name, string? Contact, string? Place, string? Message);

/// <summary>Puts a report's texts into its row, and takes them out again.</summary>
public sealed class PersonalBox(FieldCipher cipher, ILogger<PersonalBox> log)
{
    public string Seal(PersonalTexts texts, string municipality, string id)
        => cipher.Encrypt(JsonSerializer.Serialize(texts, CityJson.Options), PlaceOf(municipality, id));

    /// <summary>Null where the key is gone or the row was changed: the rest of the report still helps to find people.</summary>
    public PersonalTexts? Open(SafetyReport report)
    {
        try
        {
            return JsonSerializer.Deserialize<PersonalTexts>(cipher.Decrypt(report.Personal, PlaceOf(report.Municipality, report.Id)), CityJson.Options);
        }
        catch (CryptographicException exception)
        {
            log.PersonalNotReadable(exception, report.Municipality, report.Id);
            return null;
        }
    }

    private static string PlaceOf(string municipality, string id) => $"{municipality}/safety-report/{id}/personal";
}
