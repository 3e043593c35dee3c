namespace SmartCity.Registry.Tests.Hosting;

internal static class Samples
{
    /// <summary>A whole manifest; the code is real, the rest is made up.</summary>
    public const string Nanao = """
        code: "172022"
        name: { ja: 七尾市, ja-Hira: ななおし, en: Nanao }
        latitudeDegrees: 37.0431
        longitudeDegrees: 136.9672
        boundary:
          type: Polygon
          coordinates: [[[136.8, 37.0], [137.1, 37.0], [137.1, 37.2], [136.8, 37.2], [136.8, 37.0]]]
        languages: [ja, en]
        services: [telemetry, alerts]
        alertSender: bousai@nanao.example.lg.jp
        rules:
          - { id: river-warning, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3 }
        policies:
          - { ruleId: river-warning, level: 3, hazard: flood, action: Publish }
        devices:
          - { id: river-1, kind: river, name: { ja: 御祓川, en: Misogi River }, latitudeDegrees: 37.05, longitudeDegrees: 136.97 }
        people:
          - { name: officer-1, role: officer }
          - { name: clerk-1, role: clerk }
        """;
}
