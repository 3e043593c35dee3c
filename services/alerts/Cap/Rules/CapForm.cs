using System.Globalization;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>The forms that CAP gives to texts which mean something else: times, lists, points.</summary>
internal static class CapForm
{
    /// <summary>A time of section 3.3.2. What can be understood all the same is, after it was named as a fault.</summary>
    public static DateTimeOffset? Time(string text, string place, CapNotices notices)
    {
        var trimmed = text.Trim();
        if (CapTime.TryParse(trimmed, out var time))
        {
            return time;
        }

        if (CapTime.TryParseLeniently(trimmed, out time))
        {
            notices.Error("time-form", place, text, $"CAP writes times in whole seconds with a numeric offset (section 3.3.2): {CapTime.Format(time)}.");
            return time;
        }

        if (DateTime.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Kind == DateTimeKind.Unspecified)
        {
            notices.Error("time-without-offset", place, text, "This time has no offset, so nobody can say when it is: write it as 2026-07-01T03:00:00+09:00.");
        }
        else
        {
            notices.Error("time-unreadable", place, text, "This is no time: write it as 2026-07-01T03:00:00+09:00.");
        }

        return null;
    }

    /// <summary>Names separated by spaces; one with spaces in it stands in quotation marks.</summary>
    public static IReadOnlyList<string> Names(string? text)
    {
        var names = new List<string>();
        for (var index = 0; text is not null && index < text.Length;)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                index++;
                continue;
            }

            var isQuoted = text[index] == '"';
            var start = isQuoted ? index + 1 : index;
            var end = start;
            while (end < text.Length && !(isQuoted ? text[end] == '"' : char.IsWhiteSpace(text[end])))
            {
                end++;
            }

            names.Add(text[start..end]);
            index = end + 1;
        }

        return names;
    }

    /// <summary>Extended identifiers <c>sender,identifier,sent</c> separated by spaces.</summary>
    public static IReadOnlyList<CapReference> References(string? text, string place, CapNotices notices)
    {
        var references = new List<CapReference>();
        foreach (var item in Words(text))
        {
            var parts = item.Split(',');
            if (parts.Length == 3 && parts[0].Length > 0 && parts[1].Length > 0 && CapTime.TryParseLeniently(parts[2], out var sent))
            {
                references.Add(new CapReference(parts[0], parts[1], sent));
                if (CapTime.TryParse(parts[2], out _))
                {
                    continue;
                }
            }

            notices.Error("reference-form", place, item, "References are written as sender,identifier,sent with the time as in 2026-07-01T03:00:00+09:00, separated by spaces.");
        }

        return references;
    }

    /// <summary>Points <c>latitude,longitude</c> separated by spaces, or null where one cannot be read.</summary>
    public static IReadOnlyList<CapPoint>? Polygon(string text, string place, CapNotices notices)
    {
        var points = new List<CapPoint>();
        foreach (var item in Words(text))
        {
            if (Point(item) is not { } point)
            {
                notices.Error("polygon-form", place, item, "A polygon is written as latitude,longitude pairs in degrees, separated by spaces: 36.80,137.40 36.81,137.42 …");
                return null;
            }

            points.Add(point);
        }

        return points;
    }

    /// <summary><c>latitude,longitude radius</c>, the radius in kilometres, or null.</summary>
    public static CapCircle? Circle(string text, string place, CapNotices notices)
    {
        var words = Words(text);
        if (words.Length == 2 && Point(words[0]) is { } centre && Number(words[1]) is { } radius)
        {
            return new CapCircle(centre.LatitudeDegrees, centre.LongitudeDegrees, radius);
        }

        notices.Error("circle-form", place, text, "A circle is written as latitude,longitude in degrees, a space, and the radius in kilometres: 36.80,137.41 1.5");
        return null;
    }

    private static CapPoint? Point(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 2 && Number(parts[0]) is { } latitude && Number(parts[1]) is { } longitude ? new CapPoint(latitude, longitude) : null;
    }

    private static double? Number(string text)
        => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
