using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>A region of three towns and what happens in the first.</summary>
public static class Samples
{
    public const string Uozu = "162043";

    /// <summary>A town that has not onboarded any service.</summary>
    public const string Nyuzen = "163422";

    public const string Region = """
        name: Demo
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, ja-Hira: うおづし, en: Uozu }
            latitudeDegrees: 36.8273
            longitudeDegrees: 137.4093
            services: [telemetry, alerts]
            boundary:
              type: Polygon
              coordinates: [[[137.36, 36.84], [137.42, 36.87], [137.55, 36.80], [137.62, 36.70], [137.50, 36.68], [137.40, 36.76], [137.36, 36.84]]]
            rules:
              - { id: high-water, deviceKind: river-gauge, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0, minimumDurationSeconds: 0 }
              - { kind: silence, id: quiet, deviceKind: river-gauge, afterSeconds: 600 }
            policies:
              - { ruleId: high-water, level: 3, hazard: flood, action: Publish }
            devices:
              - { id: river-katakai-1, kind: river-gauge, name: { ja: 片貝川 落合橋, en: "Katakai river at Ochiai bridge" }, latitudeDegrees: 36.8155, longitudeDegrees: 137.4310 }
              - { id: rain-1, kind: rain, name: { ja: 雨量 第1, en: "Rain 1" } }
          - code: "163422"
            name: { ja: 入善町, ja-Hira: にゅうぜんまち, en: Nyuzen }
            latitudeDegrees: 36.9335
            longitudeDegrees: 137.5023
            services: []
          - code: "172022"
            name: { ja: "七尾市<script>alert(1)</script>" }
            latitudeDegrees: 37.0431
            longitudeDegrees: 136.9675
            services: [telemetry, alerts]
        """;

    private static readonly DateTimeOffset Now = FixedClock.Evening.GetUtcNow();

    public static AlertView Flood(int level = 4, string id = "jp.uozu.20261121-1") => new()
    {
        Id = id,
        AlertId = id,
        Municipality = Uozu,
        Status = "Actual",
        MsgType = "Alert",
        Level = level,
        Hazard = "flood",
        Sent = Now.AddMinutes(-5),
        Expires = Now.AddHours(6),
        Explanation = "3.42 ≥ 3.20 for 120 s",
        DeviceId = "river-katakai-1",
        Area = Circle(36.8200, 137.4200, 0.012),
        Info =
        [
            new("ja", "河川増水", "避難指示", "片貝川が氾濫するおそれがあります", "片貝川の水位は23時40分に3.42 mです。", "川の近くから今すぐ離れ、避難所へ移動してください。", "片貝川の下流"),
            new("en", "River flooding", "Evacuation order", "The Katakai river may overflow", "The Katakai river stood at 3.42 m at 23:40.", "Leave the river now and go to a shelter.", "Lower Katakai river"),
        ],
    };

    public static ShelterView Shelter(string name, string status, double distanceMetres, string english = "") => new()
    {
        Id = name,
        Name = english.Length > 0 ? new LocalizedText(name, english) : new LocalizedText { ["ja"] = name },
        Address = "富山県魚津市釈迦堂1-10-1",
        LatitudeDegrees = 36.82 + (distanceMetres / 250_000),
        LongitudeDegrees = 137.41,
        Hazards = ["flood", "earthquake"],
        Status = status,
        StatusAsOf = status == "unknown" ? null : Now.AddMinutes(-12),
        DistanceMetres = distanceMetres,
        Capacity = 1200,
    };

    public static DeviceView Gauge(double waterLevelMetres = 3.42, string name = "片貝川 落合橋", int minutesAgo = 5) => new()
    {
        Id = "river-katakai-1",
        Municipality = Uozu,
        Name = new LocalizedText(name, "Katakai river at Ochiai bridge"),
        Kind = "river-gauge",
        LatitudeDegrees = 36.8155,
        LongitudeDegrees = 137.4310,
        Latest = new Dictionary<string, ReadingView>(StringComparer.Ordinal)
        {
            ["waterLevelMetres"] = new(Now.AddMinutes(-minutesAgo), waterLevelMetres),
            ["batteryVolts"] = new(Now.AddMinutes(-minutesAgo), 3.71),
        },
        LastSeen = Now.AddMinutes(-minutesAgo),
        AcceptedCount = 10,
        RefusedCount = 0,
    };

    /// <summary>A GeoJSON polygon of 32 corners.</summary>
    private static JsonElement Circle(double latitude, double longitude, double radiusDegrees)
        => JsonSerializer.SerializeToElement(new
        {
            type = "Polygon",
            coordinates = new[]
            {
                Enumerable.Range(0, 33).Select(step => step % 32 * Math.PI / 16)
                    .Select(angle => new[] { longitude + (1.25 * radiusDegrees * Math.Cos(angle)), latitude + (radiusDegrees * Math.Sin(angle)) }).ToArray(),
            },
        });
}
