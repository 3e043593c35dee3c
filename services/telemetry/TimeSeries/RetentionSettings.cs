using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>How long a town keeps what: the settings <c>keepReadingsDays</c> and <c>keepRollupsDays</c> of its service <c>telemetry</c>.</summary>
internal sealed record RetentionSettings
{
    /// <summary>Single readings; a year unless the town says otherwise.</summary>
    public int KeepReadingsDays { get; init; } = 366;

    /// <summary>Roll-ups; thirty years unless the town says otherwise, since they are small and floods are compared over decades.</summary>
    public int KeepRollupsDays { get; init; } = 11_000;

    public static RetentionSettings Of(Town town)
    {
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Telemetry)?.Settings;
        var standard = new RetentionSettings();
        return new RetentionSettings
        {
            KeepReadingsDays = Days(settings, "keepReadingsDays", standard.KeepReadingsDays),
            KeepRollupsDays = Days(settings, "keepRollupsDays", standard.KeepRollupsDays),
        };
    }

    // The manifest's schema refuses other values; a town of an older registry keeps more rather than less.
    private static int Days(JsonElement? settings, string name, int otherwise)
        => settings is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days > 0 ? days : otherwise;
}
