using System.Globalization;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>A device with its key on a real MQTT connection.</summary>
internal sealed class DeviceClient : IAsyncDisposable
{
    private readonly IMqttClient _client;
    private readonly string _topic;

    private DeviceClient(IMqttClient client, string topic)
    {
        _client = client;
        _topic = topic;
    }

    public static async Task<DeviceClient> ConnectAsync(HostFile host, string device)
    {
        var credentials = host.Device(device);
        var (client, result) = await TryConnectAsync(host, credentials.UserName, credentials.Password);
        result.ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        return new DeviceClient(client, credentials.Topic);
    }

    public static async Task<(IMqttClient Client, MqttClientConnectResult Result)> TryConnectAsync(HostFile host, string userName, string password)
    {
        var factory = new MqttClientFactory();
        var client = factory.CreateMqttClient();
        var result = await client.ConnectAsync(factory.CreateClientOptionsBuilder()
            .WithTcpServer(host.Mqtt.Host, host.Mqtt.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCredentials(userName, password)
            .Build());
        return (client, result);
    }

    public Task<MqttClientPublishResult> PublishAsync(string payload, string? topic = null)
        => _client.PublishStringAsync(topic ?? _topic, payload, MqttQualityOfServiceLevel.AtLeastOnce);

    public async Task PublishLevelAsync(double metres, DateTimeOffset? at = null)
        => (await PublishAsync(LevelOf(metres, at ?? DateTimeOffset.UtcNow))).IsSuccess.ShouldBeTrue();

    public static string LevelOf(double metres, DateTimeOffset at)
        => string.Create(CultureInfo.InvariantCulture, $"{{\"t\":\"{at:O}\",\"waterLevelMetres\":{metres}}}");

    public async ValueTask DisposeAsync()
    {
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }
}
