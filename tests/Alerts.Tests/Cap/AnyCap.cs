using System.Text.Json;
using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts.Tests.Cap;

/// <summary>Makes alerts with every element, at random but valid.</summary>
internal static class AnyCap
{
    private static readonly string[] Texts = ["片貝川が氾濫", "River > 3 m \"now\"", "two\nlines\tand a tab", "😀", "]]>", new('x', 3000), " inner  spaces ", "a\r\nb"];

    public static string Facts(CapAlert alert) => JsonSerializer.Serialize(alert);

    public static CapAlert Alert(Random random)
    {
        var msgType = Any(random, Enum.GetValues<CapMsgType>());
        var scope = Any(random, Enum.GetValues<CapScope>());
        var sent = Time(random);
        return new()
        {
            Identifier = "id-" + random.Next(1000),
            Sender = "bousai@city.uozu.example",
            Sent = sent,
            Status = Any(random, Enum.GetValues<CapStatus>()),
            MsgType = msgType,
            Source = Maybe(random),
            Scope = scope,
            Restriction = scope == CapScope.Restricted ? Text(random) : null,
            Addresses = scope == CapScope.Private ? ["a@b.example", "two words"] : [],
            Codes = Many(random, () => Text(random)),
            Note = Maybe(random),
            References = msgType == CapMsgType.Alert ? [] : [new("x@y.example", "id-9999", sent.AddHours(-1)), .. Many(random, () => new CapReference("a", "r-" + random.Next(99), sent.AddDays(-2)))],
            Incidents = Many(random, () => random.Next(2) == 0 ? "plain" : "in two words"),
            Info = Many(random, () => Info(random, sent)),
        };
    }

    private static CapInfo Info(Random random, DateTimeOffset sent) => new()
    {
        Language = random.Next(3) == 0 ? null : Any(random, ["ja-JP", "en-US", "pt-BR"]),
        Categories = [Any(random, Enum.GetValues<CapCategory>()), .. Many(random, () => Any(random, Enum.GetValues<CapCategory>()))],
        Event = Text(random),
        ResponseTypes = Many(random, () => Any(random, Enum.GetValues<CapResponseType>())),
        Urgency = Any(random, Enum.GetValues<CapUrgency>()),
        Severity = Any(random, Enum.GetValues<CapSeverity>()),
        Certainty = Any(random, Enum.GetValues<CapCertainty>()),
        Audience = Maybe(random),
        EventCodes = Many(random, () => new CapValue("SAME", Text(random))),
        Effective = random.Next(2) == 0 ? null : sent,
        Onset = random.Next(2) == 0 ? null : sent.AddMinutes(5),
        Expires = random.Next(4) == 0 ? null : sent.AddHours(1 + random.Next(100)),
        SenderName = Maybe(random),
        Headline = Maybe(random),
        Description = Maybe(random),
        Instruction = Maybe(random),
        Web = random.Next(2) == 0 ? null : "https://bousai.example/a?b=1&c=地図",
        Contact = Maybe(random),
        Parameters = Many(random, () => new CapValue("name", random.Next(3) == 0 ? "" : Text(random))),
        Resources = Many(random, () => Resource(random)),
        Areas = Many(random, () => Area(random)),
    };

    private static CapResource Resource(Random random) => random.Next(2) == 0
        ? new() { Description = Text(random), MimeType = "image/png", Uri = "https://bousai.example/map.png", SizeBytes = random.Next() }
        : new() { Description = Text(random), MimeType = "text/plain", Uri = "a.txt", DerefUri = "5rSq5rC0", SizeBytes = 6 };

    private static CapArea Area(Random random)
    {
        var (latitude, longitude) = ((random.NextDouble() * 160) - 80, (random.NextDouble() * 340) - 170);
        var altitude = random.Next(3) == 0 ? (decimal?)null : random.Next(1000) + 0.5m;
        return new CapArea
        {
            Description = Text(random),
            Polygons = Many(random, () => (IReadOnlyList<CapPoint>)[new(latitude, longitude), new(latitude + 0.1, longitude), new(latitude + 0.1, longitude + 0.3), new(latitude, longitude)]),
            Circles = Many(random, () => new CapCircle(latitude, longitude, random.NextDouble() * Math.Pow(10, random.Next(-6, 3)))),
            Geocodes = Many(random, () => new CapValue("jp:LocalGovernmentCode", "162043")),
            AltitudeFeet = altitude,
            CeilingFeet = altitude is null || random.Next(2) == 0 ? null : altitude + 100,
        };
    }

    private static DateTimeOffset Time(Random random)
        => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(30 * random.Next(-24, 25))).AddSeconds(random.Next(10_000_000));

    private static string Text(Random random) => Any(random, Texts);

    private static string? Maybe(Random random) => random.Next(2) == 0 ? null : Text(random);

    private static T Any<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static IReadOnlyList<T> Many<T>(Random random, Func<T> make) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => make())];
}
