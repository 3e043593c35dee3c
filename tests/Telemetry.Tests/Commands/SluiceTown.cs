namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>A town with a sluice, a siren and a sign, beside one with a siren of the same name.</summary>
internal static class SluiceTown
{
    public const string Sluice = "sluice-1";
    public const string Siren = "siren-1";

    public const string Region = """
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            isolation: Shared
            services: [telemetry]
            deviceKinds:
              - kind: sluice
                commands:
                  - name: set-opening
                    role: officer
                    secondPerson: true
                    expiresInSeconds: 120
                    arguments: { openingPercent: { type: number, minimum: 0, maximum: 100 } }
                  - { name: stop, role: officer }
              - kind: siren
                commands:
                  - name: sound
                    arguments:
                      durationSeconds: { type: integer, minimum: 1, maximum: 60 }
                      pattern: { type: text, values: [alarm, test], optional: true }
              - kind: sign
                commands:
                  - { name: show, arguments: { text: { type: text, maximumLength: 40 }, isBlinking: { type: boolean, optional: true } } }
            devices:
              - { id: sluice-1, kind: sluice, name: { ja: 水門, en: Sluice } }
              - { id: siren-1, kind: siren, name: { ja: サイレン, en: Siren } }
              - { id: siren-2, kind: siren, name: { ja: サイレン2, en: Siren 2 } }
              - { id: sign-1, kind: sign, name: { ja: 表示板, en: Sign } }
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: Katakai River } }
          - code: "163422"
            name: { ja: 入善町, en: Nyuzen }
            latitudeDegrees: 36.9
            longitudeDegrees: 137.5
            services: [telemetry]
            deviceKinds:
              - { kind: siren, commands: [{ name: sound }] }
            devices:
              - { id: siren-1, kind: siren, name: { ja: 別の町のサイレン, en: Siren of another town } }
        """;

    public static Task<TelemetryApp> StartAsync(string isolation = "Shared") => TelemetryApp.StartAsync(isolation, Region, new OwnTopics());
}
