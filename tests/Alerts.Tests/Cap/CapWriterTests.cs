using SmartCity.Alerts.Cap;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Cap;

public sealed class CapWriterTests
{
    private const int Seed = 20260701;

    private static readonly string[] Texts =
        ["片貝川", "River <flooding> & more", "\u0000\u0008control\u001f", "a\r\nb\tc", "😀 \ud800 lone surrogate", "\uFFFE\uFFFF", "]]>", new('x', 3000), " "];

    [FactIfSharedData]
    public void Write_WhenAnyAlertIsWritten_TheSchemaAcceptsIt()
    {
        var random = new Random(Seed);
        for (var count = 0; count < 500; count++)
        {
            var alert = AnyAlert(random);
            var document = CapDocument.Parse(CapWriter.Write(alert));
            document.References.Count.ShouldBe(alert.References.Count);
            document.Info.Count.ShouldBe(alert.Info.Count);
        }
    }

    [Theory]
    [InlineData("2026-06-30T18:00:00.999Z", "2026-07-01T03:00:00+09:00")]
    [InlineData("2026-07-01T03:00:00-05:00", "2026-07-01T17:00:00+09:00")]
    public void Format_WhenAnyTime_HasJapansOffsetAndNoFraction(string time, string expected)
        => CapTime.Format(CapTime.WholeSeconds(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(expected);

    private static CapAlert AnyAlert(Random random) => new()
    {
        Identifier = "162043-20260701T030000-" + random.Next(1000),
        Sender = "bousai@city.uozu.example",
        Sent = AnyTime(random),
        Status = Any(random, Enum.GetValues<CapStatus>()),
        MsgType = Any(random, Enum.GetValues<CapMsgType>()),
        Scope = Any(random, Enum.GetValues<CapScope>()),
        Source = Text(random),
        Note = Text(random),
        References = [.. Many(random, () => new CapReference("bousai@city.uozu.example", "id-" + random.Next(1000), AnyTime(random)))],
        Incidents = [.. Many(random, () => "incident-" + random.Next(1000))],
        Info = [.. Many(random, () => AnyInfo(random))],
    };

    private static CapInfo AnyInfo(Random random) => new()
    {
        Language = Any(random, ["ja-JP", "en-US"]),
        Categories = [Any(random, Enum.GetValues<CapCategory>())],
        Event = "event " + Text(random),
        ResponseTypes = [Any(random, Enum.GetValues<CapResponseType>())],
        Urgency = Any(random, Enum.GetValues<CapUrgency>()),
        Severity = Any(random, Enum.GetValues<CapSeverity>()),
        Certainty = Any(random, Enum.GetValues<CapCertainty>()),
        EventCodes = [.. Many(random, () => new CapValue("name", Text(random)))],
        Effective = AnyTime(random),
        Onset = random.Next(2) == 0 ? null : AnyTime(random),
        Expires = AnyTime(random),
        SenderName = Text(random),
        Headline = Text(random),
        Description = Text(random),
        Instruction = Text(random),
        Web = "https://bousai.example/1",
        Contact = Text(random),
        Parameters = [.. Many(random, () => new CapValue("jp:AlertLevel", "4"))],
        Areas = [.. Many(random, () => AnyArea(random))],
    };

    private static CapArea AnyArea(Random random) => new()
    {
        Description = "area " + Text(random),
        Polygons = [.. Many(random, () => (IReadOnlyList<CapPoint>)[new(36.1, 137.2), new(36.2, 137.2), new(36.2, 137.3), new(36.1, 137.2)])],
        Circles = [.. Many(random, () => new CapCircle(random.NextDouble() * 90, random.NextDouble() * -180, random.NextDouble() * 1e-7))],
        Geocodes = [.. Many(random, () => new CapValue("jp:LocalGovernmentCode", "162043"))],
    };

    private static DateTimeOffset AnyTime(Random random)
        => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(random.Next(-12, 13))).AddTicks(random.NextInt64(TimeSpan.FromDays(300).Ticks));

    private static string Text(Random random) => Any(random, Texts);

    private static T Any<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static IEnumerable<T> Many<T>(Random random, Func<T> make) => Enumerable.Range(0, random.Next(4)).Select(_ => make());
}
