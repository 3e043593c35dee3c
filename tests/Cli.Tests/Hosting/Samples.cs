namespace SmartCity.Cli.Tests.Hosting;

internal static class Samples
{
    /// <summary>A whole manifest; the code is real, the rest is made up.</summary>
    public const string Nanao = """
        # 七尾市
        code: "172022"
        name: { ja: 七尾市, ja-Hira: ななおし, en: Nanao }
        latitudeDegrees: 37.0431
        longitudeDegrees: 136.9672
        languages: [ja, en]
        services: [telemetry, alerts]
        alertSender: bousai@nanao.example.lg.jp
        shelters: shelters.csv
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

    public const string Shelters = "都道府県コード又は市区町村コード,NO,名称,緯度,経度\n172022,1,小丸山小学校,37.04,136.96\n";
}
