using SmartCity.ServiceDefaults.Text;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>Reads a shelter file in whichever official form and encoding it has.</summary>
public static class ShelterFile
{
    /// <param name="content">CSV or GeoJSON, UTF-8 or Shift_JIS.</param>
    public static ShelterList Read(byte[] content)
    {
        if (OfficeText.Decode(content) is not { } text)
        {
            return ShelterRows.Refused("file", "", "is neither UTF-8 nor Shift_JIS text");
        }

        return text.AsSpan().TrimStart().StartsWith("{")
            ? GsiGeoJson.Read(text)
            : RecommendedCsv.Read(text);
    }
}
