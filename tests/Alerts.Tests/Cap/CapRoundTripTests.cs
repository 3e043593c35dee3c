using System.Text;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Cap;

public sealed class CapRoundTripTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void ReadOfWrite_WhenAnyAlert_KeepsEveryFact()
    {
        var random = new Random(20260701);
        for (var count = 0; count < 1000; count++)
        {
            var alert = AnyCap.Alert(random);
            var xml = CapWriter.Write(alert);
            var reading = CapReader.Read(xml, Now);
            reading.Notices.Where(notice => notice.Severity == SmartCity.Contracts.NoticeSeverity.Error).ShouldBeEmpty(xml);
            CapWriter.Write(reading.Alert!).ShouldBe(xml);
            AnyCap.Facts(reading.Alert!).ShouldBe(AnyCap.Facts(alert));
        }
    }

    [FactIfSharedData]
    public void Write_WhenAnyAlert_TheSchemaAcceptsIt()
    {
        var random = new Random(1);
        for (var count = 0; count < 300; count++)
        {
            CapDocument.Parse(CapWriter.Write(AnyCap.Alert(random)));
        }
    }

    [TheoryIfSharedData]
    [InlineData("australia.cap")]
    [InlineData("wcatwc-warning.cap")]
    public void WriteOfRead_WhenARealMessage_KeepsEveryFact(string file)
    {
        var bytes = File.ReadAllBytes(SharedData.PathOf("cap", file));
        var first = CapReader.Read(bytes, charset: null, Now);
        first.IsUsable.ShouldBeTrue(string.Join('\n', first.Notices));
        var written = CapWriter.Write(first.Alert!);
        AnyCap.Facts(CapReader.Read(written, Now).Alert!).ShouldBe(AnyCap.Facts(first.Alert!));

        // Against the document itself, element by element: what the model does not know would be missing.
        Leaves(Encoding.UTF8.GetString(bytes)).ShouldBe(Leaves(written));
    }

    private static IReadOnlyList<string> Leaves(string xml) =>
    [
        .. System.Xml.Linq.XDocument.Parse(xml).Descendants().Where(element => !element.HasElements && (element.Value.Length > 0 || element.Name.LocalName == "value"))
            .Select(element => $"{element.Name.LocalName}={(element.Name.LocalName is "circle" or "polygon" ? element.Value.Replace(".0", "", StringComparison.Ordinal) : element.Value)}"),
    ];
}
