using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Jma.Places;

/// <summary>What of a bulletin is about one town.</summary>
public static class TownStatements
{
    /// <summary>
    /// Codes that the town named, and its municipality, are decisive: where the bulletin speaks in such areas, it concerns the town
    /// only if the town's is among them. Where it speaks in coarser or other areas alone, the prefecture counts.
    /// </summary>
    public static IReadOnlyList<JmaStatement> Of(Town town, JmaReport report)
    {
        var codes = town.Bulletins ?? new BulletinSettings();
        // A forecast for a river names the prefecture too; a town that names its rivers means those.
        var all = report.Kind.Group == "flood" && codes.Rivers is not null
            ? [.. report.Statements.Where(statement => statement.Area.Type is JmaAreaType.River or JmaAreaType.Municipality)]
            : report.Statements;
        var named = all.Where(statement => CodesFor(codes, statement.Area.Type)?.Contains(statement.Area.Code, StringComparer.Ordinal) ?? false).ToList();
        var municipal = all.Where(statement => statement.Area.Type == JmaAreaType.Municipality).ToList();
        if (municipal.Count > 0)
        {
            var own = municipal.Where(statement => MunicipalityMatch.IsOf(town.Code, statement.Area.Code)).ToList();
            // Weather warnings name the groups of municipalities too: their own entry says what holds in the town.
            return own.Count > 0 ? own : [.. named.Where(statement => statement.Area.Type is not (JmaAreaType.Weather or JmaAreaType.Earthquake))];
        }

        if (named.Count > 0 || all.Any(statement => CodesFor(codes, statement.Area.Type) is not null))
        {
            return named;
        }

        return [.. all.Where(statement => statement.Area.Prefectures.Contains(town.Code[..2], StringComparer.Ordinal))];
    }

    /// <summary>Null where the town leaves it to its prefecture; an empty list says that no such area is the town's.</summary>
    private static IReadOnlyList<string>? CodesFor(BulletinSettings codes, JmaAreaType type) => type switch
    {
        JmaAreaType.Earthquake => codes.EarthquakeAreas,
        JmaAreaType.Tsunami => codes.TsunamiAreas,
        JmaAreaType.Weather => codes.WeatherAreas,
        JmaAreaType.River => codes.Rivers,
        JmaAreaType.Volcano => codes.Volcanoes,
        _ => null,
    };
}
