using System.Globalization;
using System.Text;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-07-01T03:00:00Z")]
    [InlineData("2026-07-01t03:00:00z")]
    [InlineData("2026-07-01 03:00:00.5+09:00")]
    [InlineData("2026-07-01T03:00:00.1234567-03:30")]
    [InlineData("2024-02-29T23:59:59.999999+14:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void TryParse_WhenTheFormIsGood_IsTheTimeAndOffset(string text)
    {
        Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var time).ShouldBeTrue();

        time.ShouldBe(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
        time.Offset.ShouldBe(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-07-01")]
    [InlineData("2026-07-01T03:00:00")]
    [InlineData("2026-07-01T03:00Z")]
    [InlineData("2026-7-01T03:00:00Z")]
    [InlineData("2025-02-29T03:00:00Z")]
    [InlineData("2026-07-00T03:00:00Z")]
    [InlineData("2026-07-01T24:00:00Z")]
    [InlineData("2026-07-01T03:00:60Z")]
    [InlineData("2026-07-01T03:00:00.Z")]
    [InlineData("2026-07-01T03:00:00.1234567890Z")]
    [InlineData("2026-07-01T03:00:00.5")]
    [InlineData("2026-07-01T03:00:00+0900")]
    [InlineData("2026-07-01T03:00:00+09:60")]
    [InlineData("2026-07-01T03:00:00+14:01")]
    [InlineData("2026-07-01T03:00:00Z ")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+09:00")]
    [InlineData("9999-12-31T23:59:59-09:00")]
    public void TryParse_WhenTheFormIsNot_IsFalse(string text) => Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
}
