using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Registry.Tests.Keys;

public sealed class DeviceKeyTextTests
{
    [Fact]
    public void HashOf_WhenAKeyIsTypedAsPeopleType_IsTheSame()
    {
        var key = DeviceKeyText.NewKey();

        DeviceKeyText.HashOf(key.ToLowerInvariant()).ShouldBe(DeviceKeyText.HashOf(key));
        DeviceKeyText.HashOf(key.Replace("-", " ", StringComparison.Ordinal)).ShouldBe(DeviceKeyText.HashOf(key));
        DeviceKeyText.HashOf(key.Replace("-", "", StringComparison.Ordinal)).ShouldBe(DeviceKeyText.HashOf(key));
        DeviceKeyText.HashOf(key + "2").ShouldNotBe(DeviceKeyText.HashOf(key));
        DeviceKeyText.HashOf(key[..^1]).ShouldNotBe(DeviceKeyText.HashOf(key));
    }

    [Fact]
    public void HashOf_WhenItIsNoKeyOfOurForm_CountsEveryByte()
        => DeviceKeyText.HashOf("abc").ShouldNotBe(DeviceKeyText.HashOf("ABC"));

    [Fact]
    public void NewKey_WhenManyAreMade_NoneIsLikeAnother()
        => Enumerable.Range(0, 10_000).Select(_ => DeviceKeyText.NewKey()).Distinct(StringComparer.Ordinal).Count().ShouldBe(10_000);

    [Theory]
    [InlineData("172022/river-1", true)]
    [InlineData("172022/", false)]
    [InlineData("172022", false)]
    [InlineData("17202/river-1", false)]
    [InlineData("172022/river/1", false)]
    [InlineData("172022/+", false)]
    [InlineData("service/telemetry", false)]
    [InlineData(null, false)]
    public void TrySplit_WhenItIsAUserName_SaysWhetherItCouldBeADevices(string? userName, bool expected)
        => DeviceRights.TrySplit(userName, out _, out _).ShouldBe(expected);
}
