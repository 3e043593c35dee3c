using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Alerts.Shelters.Import;

/// <summary>Reads a shelter file in whichever official form and encoding it has.</summary>
public static class ShelterFile
{
    public static ShelterList Read(string municipality, byte[] content)
    {
        if (OfficeText.Decode(content) is not { } text)
        {
            return ShelterRows.Refused("file", "", "is neither UTF-8 nor Shift_JIS text");
        }

        return text.AsSpan().TrimStart().StartsWith("{")
            ? GsiGeoJson.Read(municipality, text)
            : RecommendedCsv.Read(municipality, text);
    }
}
