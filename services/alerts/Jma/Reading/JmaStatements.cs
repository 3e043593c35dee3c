using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>
/// What a bulletin says about which area: the headline's <c>Information</c>, every <c>Item</c> of the body that has a kind and
/// an area (weather, floods, landslides, tsunami, volcanoes), and the prefectures with areas and cities of earthquakes.
/// </summary>
internal static class JmaStatements
{
    /// <summary>Forecast figures repeat the kinds and areas of the warnings.</summary>
    private static readonly HashSet<string> Passed = new(StringComparer.Ordinal) { "MeteorologicalInfos", "TimeSeriesInfo", "AshInfos", "Observation", "Estimation" };

    /// <summary>Kinds times areas; the agency's largest bulletins have some thousands.</summary>
    public const int MostStatements = 20_000;

    /// <summary>Null where there are more than <see cref="MostStatements"/>: that is no bulletin, and would fill the memory.</summary>
    public static IReadOnlyList<JmaStatement>? Of(XElement root)
    {
        // What the body says about an area takes the place of what the headline says: it has the state too.
        var statements = new Dictionary<(string, string, string), JmaStatement>();
        var count = 0;
        foreach (var statement in All(root))
        {
            if (++count > MostStatements)
            {
                return null;
            }

            var key = (statement.Area.Code.Length > 0 ? statement.Area.Code : statement.Area.Name, statement.Area.Type.ToString(), statement.Name);
            if (!statements.TryGetValue(key, out var known) || statement.State.Length + statement.Detail.Length >= known.State.Length + known.Detail.Length)
            {
                statements[key] = statement;
            }
        }

        return [.. statements.Values];
    }

    // One after the other, so that whoever reads them can stop.
    private static IEnumerable<JmaStatement> All(XElement root)
    {
        var headline = root.Child("Head", "Headline");
        var inHeadline = headline.Children("Information").SelectMany(information => Items(information, whole: null));
        return root.Child("Body") is { } body
            ? inHeadline.Concat(Walk(body, WholeKind(headline))).Concat(body.Children("Intensity").SelectMany(intensity => intensity.Elements()).SelectMany(JmaShaking.Of))
            : inHeadline;
    }

    private static IEnumerable<JmaStatement> Walk(XElement element, (string Name, string Code)? whole)
        => Items(element, whole).Concat(element.Elements()
            .Where(child => !Passed.Contains(child.Name.LocalName) && child.Name.LocalName is not ("Item" or "Intensity"))
            .SelectMany(child => Walk(child, whole)));

    private static IEnumerable<JmaStatement> Items(XElement parent, (string Name, string Code)? whole)
    {
        foreach (var item in parent.Children("Item"))
        {
            var kinds = item.Children("Kind").Concat(item.Children("Category").SelectMany(category => category.Children("Kind"))).ToList();
            foreach (var (area, codeType) in Areas(item))
            {
                // Places first: an area without a name costs nothing, however many kinds there are.
                foreach (var place in JmaAreas.Of(area, codeType))
                {
                    foreach (var kind in kinds)
                    {
                        yield return Statement(place, kind, whole, item);
                    }
                }
            }
        }
    }

    private static IEnumerable<(XElement Area, string CodeType)> Areas(XElement item)
        => item.Children("Area").Select(area => (area, area.AttributeText("codeType")))
            .Concat(item.Children("Areas").SelectMany(areas => areas.Children("Area")
                .Select(area => (area, area.AttributeText("codeType") is { Length: > 0 } own ? own : areas.AttributeText("codeType")))));

    private static JmaStatement Statement(JmaArea area, XElement kind, (string Name, string Code)? whole, XElement item)
    {
        // A tag says what it is in its condition.
        var isTag = kind.Text("Name") == "情報タグ";
        var name = kind.Text(isTag ? "Condition" : "Name");
        var status = kind.Text("Status");
        // The parts of a flood forecast have no kind of their own: the one of the whole forecast holds.
        var inherits = whole is not null && area.Type is JmaAreaType.River or JmaAreaType.Municipality && (name.Length == 0 || name.StartsWith("浸水想定地区", StringComparison.Ordinal));
        return new JmaStatement
        {
            Area = area,
            Name = inherits && whole is not null ? whole.Value.Name : name,
            Code = inherits && whole is not null ? whole.Value.Code : kind.Text("Code"),
            State = inherits ? "" : status.Length > 0 || isTag ? status : kind.Text("Condition"),
            Detail = HeightOf(item),
        };
    }

    private static string HeightOf(XElement item)
        => item.Child("MaxHeight", "TsunamiHeight") is { } height
            ? height.AttributeText("description") is { Length: > 0 } words ? $"津波の高さ {words}" : ""
            : "";

    private static (string Name, string Code)? WholeKind(XElement? headline)
    {
        var information = headline.Children("Information").FirstOrDefault(information => information.AttributeText("type").StartsWith("指定河川洪水予報", StringComparison.Ordinal)
            || information.AttributeText("type").StartsWith("水位周知河川", StringComparison.Ordinal));
        return information.Child("Item", "Kind") is { } kind ? (kind.Text("Name"), kind.Text("Code")) : null;
    }
}
