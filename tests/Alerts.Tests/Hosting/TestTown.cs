namespace SmartCity.Alerts.Tests.Hosting;

/// <summary>The region of the tests: two towns with alerts, one without.</summary>
internal static class TestTown
{
    public const string Uozu = "162043";
    public const string Nyuzen = "163422";
    public const string Saga = "412015";
    public const string Gauge = "river-katakai-1";
    public const string OtherGauge = "river-hayatsuki-1";

    /// <summary>Publishes level 3 / level 4 at once; waits for an officer at level 5 / level 2.</summary>
    public const string Level3 = "water-3";
    public const string Level4 = "water-4";
    public const string Level5Draft = "water-5";
    public const string SlopeDraft = "slope-3";

    /// <summary>Publishes level 3 at once, for a circle of 3 km.</summary>
    public const string Zone = "valley";

    /// <summary>A rule without a policy.</summary>
    public const string NoPolicy = "battery";

    /// <param name="isolation">Of Uozu; the other towns share a database.</param>
    /// <param name="actuators">Whether Uozu has sirens and signs that follow alerts; Nyuzen has a siren of the same name, and says nothing.</param>
    public static string RegionYaml(string? shelters, string isolation = "Shared", bool actuators = false) => With(actuators, $$"""
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu City, ja-Hira: うおづし }
            latitudeDegrees: 36.8273
            longitudeDegrees: 137.4092
            services: [telemetry, alerts]
            alertSender: bousai@city.uozu.example
            isolation: {{isolation}}
            {{(shelters is null ? "" : $"shelters: {shelters}")}}
            rules:
              - { id: water-3, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
              - { id: water-4, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.8, clearBelow: 3.6 }
              - { id: water-5, deviceKind: river, metric: waterLevelMetres, raiseAt: 4.5, clearBelow: 4.3 }
              - { id: slope-3, deviceKind: slope, metric: tiltDegrees, raiseAt: 2, clearBelow: 1 }
              - { id: battery, deviceKind: river, metric: batteryVolts, raiseAt: 3, clearBelow: 2 }
              - { kind: zone, id: valley, name: { ja: 谷, en: Valley }, rule: water-3, atLeast: 2, latitudeDegrees: 36.80, longitudeDegrees: 137.41, radiusMetres: 3000 }
            policies:
              - { ruleId: water-3, level: 3, hazard: flood, action: Publish, expiresAfterSeconds: 21600 }
              - { ruleId: water-4, level: 4, hazard: flood, action: Publish, expiresAfterSeconds: 7200 }
              - { ruleId: water-5, level: 5, hazard: flood, action: Draft, expiresAfterSeconds: 7200 }
              - { ruleId: slope-3, level: 3, hazard: landslide, action: Draft }
              - { ruleId: valley, level: 3, hazard: flood, action: Publish }
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: Katakai River }, latitudeDegrees: 36.80, longitudeDegrees: 137.41, alertRadiusMetres: 1500 }
              - { id: river-hayatsuki-1, kind: river, name: { ja: 早月川, en: Hayatsuki River }, latitudeDegrees: 36.76, longitudeDegrees: 137.35 }
          - code: "163422"
            name: { ja: 入善町, en: Nyuzen Town }
            bulletins: { kinds: [{ kind: landslide, action: Draft }, { kind: earthquake-forecast, action: Draft }] }
            latitudeDegrees: 36.9336
            longitudeDegrees: 137.5022
            services: [alerts]
            rules:
              - { id: water-3, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
            policies:
              - { ruleId: water-3, level: 3, hazard: flood, action: Publish }
          - code: "412015"
            name: { ja: 佐賀市, en: Saga City }
            latitudeDegrees: 33.2635
            longitudeDegrees: 130.3009
            services: [transit]
        """);

    private static string With(bool actuators, string yaml) => !actuators ? yaml : yaml
        .Replace("            services: [telemetry, alerts]\n".TrimStart(), """
            services:
                  - telemetry
                  - name: alerts
                    settings:
                      actuators:
                        - { kind: sign, minimumLevel: 3, command: show, textArgument: text, textLength: 30, end: clear }
                        - { kind: siren, minimumLevel: 4, hazards: [flood], command: sound, arguments: { durationSeconds: 60, pattern: alarm }, drillArguments: { pattern: test }, end: silence }

            """, StringComparison.Ordinal)
        .Replace("- { id: river-hayatsuki-1,", """
            - { id: siren-1, kind: siren, name: { ja: サイレン, en: Siren }, latitudeDegrees: 36.801, longitudeDegrees: 137.411 }
                  - { id: siren-far, kind: siren, name: { ja: 遠いサイレン, en: Far siren }, latitudeDegrees: 36.9, longitudeDegrees: 137.41 }
                  - { id: sign-1, kind: sign, name: { ja: 表示板, en: Sign }, latitudeDegrees: 36.799, longitudeDegrees: 137.409 }
                  - { id: river-hayatsuki-1,
            """, StringComparison.Ordinal)
        .Replace("name: { ja: 入善町, en: Nyuzen Town }", """
            name: { ja: 入善町, en: Nyuzen Town }
                devices: [{ id: siren-1, kind: siren, name: { ja: 別の町のサイレン, en: Siren elsewhere } }]
            """, StringComparison.Ordinal);
}
