using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Models;

namespace SmartCity.Telemetry.NgsiLd.Queries;

/// <summary>The query string of <c>GET entities</c> (clause 6.4.3.2).</summary>
internal sealed record RequestedQuery(EntityFilter Filter, Representation Form, int Limit, int Offset, bool Count)
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 1_000;

    private static readonly string[] Known =
    [
        "type", "id", "idPattern", "attrs", "q", "georel", "geometry", "coordinates", "geoproperty", "options", "format", "limit", "offset", "count", "local",
    ];

    // Of the specification, but not here.
    private static readonly string[] Unsupported
        = ["csf", "scopeQ", "lang", "pick", "omit", "orderBy", "collation", "join", "joinLevel", "containedBy", "datasetId", "entityMap", "splitEntities", "geometryProperty", "expandValues", "jsonKeys"];

    public static bool TryParse(IQueryCollection query, [NotNullWhen(true)] out RequestedQuery? requested, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        requested = null;
        refusal = UnknownIn(query, Known);
        var (limit, offset) = (DefaultLimit, 0);
        var count = query["count"].ToString() == "true";
        QExpression? q = null;
        System.Text.RegularExpressions.Regex? pattern = null;
        GeoQuery? geo = null;
        if (refusal is not null || !TryForm(query, out var form, out refusal))
        {
            return false;
        }

        if (query.ContainsKey("limit") && (!TryNumber(query["limit"], out limit) || limit > MaximumLimit || (limit == 0 && !count)))
        {
            refusal = NgsiProblem.BadRequest($"limit is a whole number from 1 to {MaximumLimit}; 0 only with count=true.");
        }
        else if (query.ContainsKey("offset") && !TryNumber(query["offset"], out offset))
        {
            refusal = NgsiProblem.BadRequest("offset is a whole number from 0.");
        }
        else if (query.ContainsKey("q") && !QParser.TryParse(query["q"].ToString(), out q, out var fault))
        {
            refusal = NgsiProblem.BadRequest(fault);
        }
        else if (query.ContainsKey("idPattern") && !TryPattern(query["idPattern"].ToString(), out pattern, out refusal))
        {
            return false;
        }
        else if (query.Keys.Any(key => key is "georel" or "geometry" or "coordinates")
            && !GeoQuery.TryParse(Text(query, "georel"), Text(query, "geometry"), Text(query, "coordinates"), Text(query, "geoproperty"), out geo, out var geoFault, out var isUnsupported))
        {
            refusal = isUnsupported ? NgsiProblem.NotSupported(geoFault) : NgsiProblem.BadRequest(geoFault);
        }
        else if (!query.Keys.Any(key => key is "type" or "attrs" or "q" or "georel") && query["local"].ToString() != "true")
        {
            refusal = NgsiProblem.BadRequest("Say at least one of type, attrs, q or georel; or local=true for everything.");
        }

        if (refusal is not null)
        {
            return false;
        }

        var filter = new EntityFilter
        {
            Ids = [.. List(query, "id")],
            Types = [.. TypesIn(query)],
            IdPattern = pattern,
            Attributes = form.Attributes,
            Q = q,
            Geo = geo,
        };
        requested = new RequestedQuery(filter, form, limit, offset, count);
        return true;
    }

    /// <summary>How the answer is to be written: <c>options</c>, <c>format</c> and <c>attrs</c>.</summary>
    public static bool TryForm(IQueryCollection query, [NotNullWhen(true)] out Representation? form, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        var options = List(query, "options").Concat(List(query, "format")).ToList();
        var strange = options.Find(option => option is not ("keyValues" or "simplified" or "concise" or "normalized" or "sysAttrs"));
        refusal = strange is null ? null : NgsiProblem.BadRequest($"'{strange}' is no option here: use keyValues, simplified, concise, normalized or sysAttrs.");
        form = new Representation(
            options.Exists(option => option is "keyValues" or "simplified"), options.Contains("concise", StringComparer.Ordinal), options.Contains("sysAttrs", StringComparer.Ordinal),
            [.. List(query, "attrs").Select(Terms.Compact)]);
        return refusal is null;
    }

    /// <summary>Parameters that would otherwise be ignored, and change nothing where somebody counts on them.</summary>
    public static ProblemHttpResult? UnknownIn(IQueryCollection query, string[] known)
    {
        var strange = query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal));
        return strange is null ? null
            : Unsupported.Contains(strange, StringComparer.Ordinal) ? NgsiProblem.NotSupported($"The parameter {strange} is not supported here.")
            : NgsiProblem.InvalidRequest($"There is no parameter '{strange}'.");
    }

    public static bool TryNumber(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryPattern(string text, out System.Text.RegularExpressions.Regex? pattern, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        (pattern, refusal) = (null, null);
        try
        {
            pattern = QParser.PatternOf(text);
            return true;
        }
        catch (FormatException exception)
        {
            refusal = NgsiProblem.BadRequest(exception.Message);
            return false;
        }
    }

    // Alternatives may stand with commas, or with bars and in parentheses (clause 4.17).
    private static IEnumerable<string> TypesIn(IQueryCollection query)
        => query["type"].SelectMany(value => (value ?? "").Split([',', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Terms.Compact);

    private static IEnumerable<string> List(IQueryCollection query, string name)
        => query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
}
