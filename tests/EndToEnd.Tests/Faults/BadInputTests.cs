using System.Net.Http.Json;
using MQTTnet;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Faults;

/// <summary>What a device does wrong is seen at the device, and the good readings beside it arrive.</summary>
public sealed class BadInputTests(SharedHost host) : IClassFixture<SharedHost>
{
    private readonly HostProcess _host = host.Process;

    [Fact]
    public async Task Publish_WhenDeviceMisbehaves_EachFaultIsShownAndGoodReadingsArrive()
    {
        await using var device = await DeviceClient.ConnectAsync(_host.File, "river-katakai-1");

        (await device.PublishAsync("{ this is not JSON")).IsSuccess.ShouldBeTrue();
        await ErrorBecomesAsync("payload-malformed");

        await device.PublishLevelAsync(1.0, DateTimeOffset.UtcNow.AddMinutes(11));
        await ErrorBecomesAsync("time-in-future");

        var refused = await device.PublishAsync(DeviceClient.LevelOf(9, DateTimeOffset.UtcNow), "sc/v1/162043/river-kado-1/telemetry");
        refused.IsSuccess.ShouldBeFalse();
        refused.ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        await ErrorBecomesAsync("topic-not-allowed");

        var (client, result) = await DeviceClient.TryConnectAsync(_host.File, "162043/river-katakai-1", "wrong");
        client.Dispose();
        result.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        await ErrorBecomesAsync("bad-credentials");

        await device.PublishLevelAsync(1.23);
        var view = await DeviceWhenAsync(candidate => candidate.Latest.ContainsKey("waterLevelMetres"));
        view.Latest["waterLevelMetres"].Value.ShouldBe(1.23);
        view.RefusedCount.ShouldBe(4);
        var other = await _host.Http.GetFromJsonAsync<DeviceView>("/api/162043/telemetry/devices/river-kado-1", CityJson.Options);
        other!.Latest.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_WhenTownOrDeviceIsUnknown_IsRefused()
    {
        foreach (var userName in new[] { "999999/river-katakai-1", "162043/nobody", "", "service/telemetry" })
        {
            var (client, result) = await DeviceClient.TryConnectAsync(_host.File, userName, _host.File.Device("river-katakai-1").Password);
            client.Dispose();
            result.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword, userName);
        }

        await Wait.UntilAsync(
            _ => Task.FromResult(_host.Output),
            output => output.Contains("Refused from 999999/river-katakai-1: unknown-municipality", StringComparison.Ordinal)
                && output.Contains("Refused from 162043/nobody: unknown-device", StringComparison.Ordinal));
    }

    private Task ErrorBecomesAsync(string code) => DeviceWhenAsync(view => view.LastError?.Code == code);

    private Task<DeviceView> DeviceWhenAsync(Func<DeviceView, bool> condition)
        => Wait.UntilAsync(
            async token => (await _host.Http.GetFromJsonAsync<DeviceView>("/api/162043/telemetry/devices/river-katakai-1", CityJson.Options, token))!,
            condition);
}
