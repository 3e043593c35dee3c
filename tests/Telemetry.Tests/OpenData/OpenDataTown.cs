namespace SmartCity.Telemetry.Tests.OpenData;

/// <summary>A town that gives its readings away under a licence, beside one that says nothing of it.</summary>
internal static class OpenDataTown
{
    public const string Region = """
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            isolation: Shared
            services: [{ name: telemetry, settings: { licence: CC BY 4.0, attribution: 魚津市防災課 } }]
            rules:
              - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
              - { kind: silence, id: river-silent, deviceKind: river, afterSeconds: 3600 }
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: "Katakai, River" }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
              - { id: weather-1, kind: weather, name: { ja: 気象, en: Weather } }
          - code: "163422"
            name: { ja: 入善町, en: Nyuzen }
            latitudeDegrees: 36.9
            longitudeDegrees: 137.5
            services: [telemetry]
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 別の町, en: Other }, latitudeDegrees: 36.9, longitudeDegrees: 137.5 }
        """;

    public static Task<TelemetryApp> StartAsync(string isolation = "Shared") => TelemetryApp.StartAsync(isolation, Region);
}
