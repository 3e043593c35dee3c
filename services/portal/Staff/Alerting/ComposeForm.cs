using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Maps;
using SmartCity.ServiceDefaults.Shelters;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>What an officer chose and typed for a new alert.</summary>
public sealed record ComposeForm
{
    /// <summary>Fields of a language's texts, as the form and the service name them.</summary>
    public static readonly IReadOnlyList<string> TextFields = ["headline", "description", "instruction", "areaDescription"];

    /// <summary>Keys of the hazards that the service takes.</summary>
    public static readonly IReadOnlyList<string> HazardKeys = [.. ShelterHazards.All.Select(hazard => hazard.Key)];

    public static readonly IReadOnlyList<int> Hours = [1, 3, 6, 12, 24, 48, 168];

    /// <summary>By which a second press is known as the same; made with the page.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString();

    public string Hazard { get; init; } = "flood";

    /// <summary>1 to 5; 0 while none is chosen: nobody sends one by not looking.</summary>
    public int Level { get; init; }

    public static readonly IReadOnlyList<string> Statuses = ["Actual", "Exercise", "Test"];

    /// <summary>One of <see cref="Statuses"/>; empty while none is chosen: nobody takes a drill for real, or the other way round, by not looking.</summary>
    public string Status { get; init; } = "";

    public int LastsHours { get; init; } = 6;

    /// <summary><c>town</c>, <c>circle</c> or <c>polygon</c>.</summary>
    public string Area { get; init; } = "town";

    /// <summary>A place of the town by its key, or empty for a typed one.</summary>
    public string Place { get; init; } = "";

    /// <summary>Latitude and longitude as typed: <c>36.8,137.4</c>.</summary>
    public string Point { get; init; } = "";

    public string RadiusMetres { get; init; } = "1000";

    /// <summary>GeoJSON as pasted.</summary>
    public string Polygon { get; init; } = "";

    /// <summary>Typed words by language and field (<c>ja.headline</c>); empty before they were proposed.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The choices that the typed words are for: with others they would say something else than the alert is.</summary>
    public string WordsFor => $"{Hazard}:{Level}:{Status}";

    /// <summary>The choices that the typed words about the area are for.</summary>
    public string AreaFor => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Area, Place, Point, RadiusMetres, Polygon.ReplaceLineEndings("\n")))));

    public static ComposeForm Of(IFormCollection form)
    {
        var typed = Read(form);
        // Named by the page with the choices alone, where the words wait in hidden fields.
        var (wordsFor, areaFor) = (form["wordsFor"].ToString(), form["areaFor"].ToString());
        return typed with
        {
            Texts = wordsFor.Length > 0 && wordsFor != typed.WordsFor ? new Dictionary<string, string>(StringComparer.Ordinal)
                : areaFor.Length > 0 && areaFor != typed.AreaFor ? typed.Texts.Where(text => !text.Key.EndsWith(".areaDescription", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal)
                : typed.Texts,
        };
    }

    /// <summary>All but the words and the key, for hidden fields of the page with the words.</summary>
    public IEnumerable<(string Name, string Value)> Choices =>
    [
        ("hazard", Hazard), ("level", Level.ToString(CultureInfo.InvariantCulture)), ("status", Status), ("hours", LastsHours.ToString(CultureInfo.InvariantCulture)),
        ("area", Area), ("place", Place), ("point", Point), ("radius", RadiusMetres), ("polygon", Polygon),
    ];

    /// <summary>As the service takes it.</summary>
    /// <param name="centre">Of the circle, where there is one.</param>
    /// <param name="hasTexts">Whether the typed words go along; without them the service proposes its own.</param>
    public object ToBody(GeoPoint? centre, bool hasTexts) => new
    {
        Status,
        Level,
        Hazard,
        ExpiresAfterSeconds = LastsHours * 3600.0,
        Area = AreaOf(centre),
        Info = hasTexts ? TextsByLanguage() : [],
    };

    /// <summary>What stands wrong before the service is asked, as a key of the language files; null for nothing.</summary>
    public string? Fault(GeoPoint? centre)
        => Level is < 1 or > 5 || !Statuses.Contains(Status, StringComparer.Ordinal) || !HazardKeys.Contains(Hazard, StringComparer.Ordinal) ? "desk.fault.choice"
            : Area == "circle" && centre is null ? "desk.fault.centre"
            : Area == "circle" && Radius is not (>= 10 and <= 50_000) ? "desk.fault.radius"
            : Area == "polygon" && PolygonElement() is null ? "desk.fault.polygon" : null;

    /// <summary>The typed point, or null. Full-width digits, and a comma of either kind, are read too.</summary>
    public GeoPoint? TypedPoint()
    {
        var parts = Point.Normalize(NormalizationForm.FormKC).Replace('、', ',').Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Decimal(parts[0]) is { } latitude && Decimal(parts[1]) is { } longitude && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new GeoPoint(latitude, longitude)
            : null;
    }

    /// <summary>The proposed words with what was typed over them.</summary>
    public string TextOf(AlertInfoView proposed, string field) => Texts.GetValueOrDefault($"{proposed.Language}.{field}") ?? field switch
    {
        "headline" => proposed.Headline,
        "description" => proposed.Description,
        "instruction" => proposed.Instruction,
        _ => proposed.AreaDescription,
    };

    private static ComposeForm Read(IFormCollection form) => new()
    {
        Key = Guid.TryParse(form["key"], out var key) ? key.ToString() : Guid.NewGuid().ToString(),
        Hazard = form["hazard"].ToString(),
        Level = Number(form["level"].ToString()) ?? 0,
        Status = form["status"].ToString(),
        LastsHours = Number(form["hours"].ToString()) ?? 6,
        Area = form["area"].ToString() is "circle" or "polygon" ? form["area"].ToString() : "town",
        Place = form["place"].ToString(),
        Point = form["point"].ToString().Trim(),
        RadiusMetres = form["radius"].ToString().Trim(),
        Polygon = form["polygon"].ToString().Trim(),
        Texts = form.Keys.Where(name => name.StartsWith("text.", StringComparison.Ordinal)).ToDictionary(name => name["text.".Length..], name => form[name].ToString(), StringComparer.Ordinal),
    };

    private double? Radius => Decimal(RadiusMetres.Normalize(NormalizationForm.FormKC));

    private object? AreaOf(GeoPoint? centre) => Area switch
    {
        "circle" when centre is { } point => new { Circle = new { point.LatitudeDegrees, point.LongitudeDegrees, RadiusMetres = Radius } },
        "polygon" => new { Polygon = PolygonElement() },
        _ => null,
    };

    private IEnumerable<Dictionary<string, string>> TextsByLanguage()
        => Texts.GroupBy(text => text.Key[..Math.Max(0, text.Key.LastIndexOf('.'))], StringComparer.Ordinal)
            .Select(texts => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["language"] = texts.Key,
                ["headline"] = Typed(texts.Key, "headline"),
                ["description"] = Typed(texts.Key, "description"),
                ["instruction"] = Typed(texts.Key, "instruction"),
                ["areaDescription"] = Typed(texts.Key, "areaDescription"),
            });

    // Browsers send line ends as CR LF; the texts of alerts have LF.
    private string Typed(string language, string field) => Texts.GetValueOrDefault($"{language}.{field}", "").ReplaceLineEndings("\n").Trim();

    private JsonElement? PolygonElement()
    {
        try
        {
            using var document = JsonDocument.Parse(Polygon);
            var element = document.RootElement.Clone();
            // Map tools copy a Feature around the Polygon.
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object ? geometry
                : element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            // The page says what it must be.
            return null;
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Decimal(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
