using System.Text.Json;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

/// <summary>Texts that are too long for a push message.</summary>
public sealed class PushTextTests
{
    [Theory]
    [InlineData(1200, 1200)]
    [InlineData(1200, 2)]
    [InlineData(5000, 0)]
    [InlineData(3, 5000)]
    public void Bytes_WhenTheTextsAreLong_CutsThemToWhatFits(int headline, int instruction)
    {
        var info = new AlertInfoView("ja", "河川増水", null, new string('危', headline), "", new string('逃', instruction), "");
        var bytes = BytesOf(info);
        bytes.Length.ShouldBeLessThanOrEqualTo(PushEncryption.MostBytes);
        JsonSerializer.Deserialize<PushText>(bytes, CityJson.Options)!.Headline.ShouldStartWith("危");
    }

    [Fact]
    public void Bytes_WhenCharactersTakeTwoUnits_CutsBetweenThem()
    {
        var info = new AlertInfoView("ja", "河川増水", null, string.Concat(Enumerable.Repeat("𠮷", 3001)), "", "", "");
        var text = JsonSerializer.Deserialize<PushText>(BytesOf(info), CityJson.Options)!;
        text.Headline.ShouldNotContain("\uFFFD");
        text.Headline.ShouldEndWith("𠮷…");
    }

    private static byte[] BytesOf(AlertInfoView info)
    {
        var view = new AlertView
        {
            Id = "urn:oid:1",
            AlertId = "urn:oid:1",
            Municipality = TestTown.Uozu,
            Status = "Actual",
            MsgType = "Alert",
            Level = 4,
            Hazard = "flood",
            Sent = DateTimeOffset.UnixEpoch,
            Expires = DateTimeOffset.UnixEpoch.AddHours(1),
            Info = [info],
        };
        return PushText.Bytes(new DeliveryMessage(view.Id, view), info);
    }
}
