using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.NgsiLd.Models;

/// <summary>
/// Which device becomes which entity: the one table. A model is one entry here; the @context and the lists of types and
/// attributes follow from it. Names and units are those of github.com/smart-data-models (dataModel.Environment, .Weather,
/// .Parking, .Device).
/// </summary>
internal static class SmartDataModels
{
    public const string Device = "Device";

    /// <summary>Names that no model knows: metrics as the devices call them.</summary>
    public const string OwnBase = "https://uri.etsi.org/ngsi-ld/default-context/";

    public const string DeviceBase = "https://smartdatamodels.org/dataModel.Device/";

    /// <summary>What all models share.</summary>
    public const string CommonBase = "https://smartdatamodels.org/";

    private const string Environment = "https://smartdatamodels.org/dataModel.Environment/";
    private const string Weather = "https://smartdatamodels.org/dataModel.Weather/";
    private const string Parking = "https://smartdatamodels.org/dataModel.Parking/";

    public static readonly IReadOnlyList<DataModel> All =
    [
        new("FloodMonitoring", Environment, "observationDateTime", ["river", "stream", "flood", "water-level"],
        [
            new("waterLevelMetres", "currentLevel", "MTR"),
            new("distanceMetres", "measuredDistance", "MTR"),
        ])
        {
            Others = ["alertLevel", "dangerLevel", "stationID"],
            LevelsOf = "currentLevel",
        },
        new("WaterObserved", Environment, "dateObserved", ["sea", "tide", "coast", "lake", "reservoir", "water"],
        [
            new("waterLevelMetres", "height", "MTR"),
            new("flowCubicMetresPerSecond", "flow", "MQS"),
            new("swellHeightMetres", "swellHeight", "MTR"),
            new("swellPeriodSeconds", "swellPeriod", "SEC"),
            new("swellDirectionDegrees", "swellDirection", "DD"),
        ]),
        new("AirQualityObserved", Environment, "dateObserved", ["air-quality", "air"],
        [
            new("temperatureCelsius", "temperature", "CEL"),
            new("relativeHumidityPercent", "relativeHumidity", "C62", 0.01),
            new("humidityPercent", "relativeHumidity", "C62", 0.01),
            new("pm25MicrogramsPerCubicMetre", "pm25", "GQ"),
            new("pm10MicrogramsPerCubicMetre", "pm10", "GQ"),
            new("no2MicrogramsPerCubicMetre", "no2", "GQ"),
            new("o3MicrogramsPerCubicMetre", "o3", "GQ"),
            new("so2MicrogramsPerCubicMetre", "so2", "GQ"),
            new("coMicrogramsPerCubicMetre", "co", "GQ"),
            new("co2PartsPerMillion", "co2", "59"),
        ]),
        new("WeatherObserved", Weather, "dateObserved", ["weather", "rain"],
        [
            new("temperatureCelsius", "temperature", "CEL"),
            new("relativeHumidityPercent", "relativeHumidity", "C62", 0.01),
            new("humidityPercent", "relativeHumidity", "C62", 0.01),
            new("pressureHectopascals", "atmosphericPressure", "A97"),
            new("windSpeedMetresPerSecond", "windSpeed", "MTS"),
            new("windDirectionDegrees", "windDirection", "DD"),
            new("rainfallMillimetres", "precipitation", "MMT"),
            new("illuminanceLux", "illuminance", "LUX"),
            new("snowHeightMetres", "snowHeight", "CMT", 100),
        ]),
        new("OffStreetParking", Parking, "observationDateTime", ["parking", "car-park"],
        [
            new("availableSpotCount", "availableSpotNumber", "C62"),
            new("occupiedSpotCount", "occupiedSpotNumber", "C62"),
            new("totalSpotCount", "totalSpotNumber", "C62"),
        ]),
        new("ParkingSpot", Parking, "observationDateTime", ["parking-spot"],
        [
            new("occupied", "status", UnitCode: null) { Word = value => value >= 0.5 ? "occupied" : "free" },
        ]),
    ];

    private static readonly Dictionary<string, DataModel> ByKind
        = All.SelectMany(model => model.Kinds.Select(kind => (kind, model))).ToDictionary(pair => pair.kind, pair => pair.model, StringComparer.Ordinal);

    /// <summary>The model of a device, or null: then it is a <see cref="Device"/> with its own metrics.</summary>
    public static DataModel? Of(Device device) => ByKind.GetValueOrDefault(device.Kind);
}
