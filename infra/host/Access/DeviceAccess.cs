using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.Host.Startup;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Access;

/// <summary>
/// The broker's rules: a device publishes to its own telemetry, status and command-result, and reads its own
/// commands. The telemetry service reads everything and sends commands. Nobody else gets in.
/// </summary>
internal sealed class DeviceAccess(ITownDirectory towns, DemoKeys keys) : IMqttAccess
{
    public bool MayConnect(string? userName, ReadOnlySpan<byte> password)
        => userName is not null && (userName == ServiceCatalog.ServiceUser || IsDevice(userName)) && keys.Matches(userName, password);

    public bool MayPublish(string userName, string topic)
        => MqttTopic.TryParse(topic, out var parsed)
            && (userName == ServiceCatalog.ServiceUser
                ? parsed.Channel == MqttTopic.Command
                : MqttTopic.UserName(parsed.Municipality, parsed.Device) == userName
                    && parsed.Channel is MqttTopic.Telemetry or MqttTopic.Status or MqttTopic.CommandResult);

    public bool MaySubscribe(string userName, string topicFilter)
        => userName == ServiceCatalog.ServiceUser
            || (MqttTopic.TryParse(topicFilter, out var parsed)
                && MqttTopic.UserName(parsed.Municipality, parsed.Device) == userName
                && parsed.Channel == MqttTopic.Command);

    public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic)
    {
        // Whether there is such a device is for the receiver to say; a name that is none would not fit into a topic.
        if (!CouldBeDevice(userName))
        {
            return null;
        }

        var (code, message) = topic is null
            ? ("bad-credentials", "A client with this device's name gave a wrong key; check the key, or rotate it if nobody of yours did.")
            : ("topic-not-allowed", $"The device may not use the topic '{topic}'; it publishes to sc/v1/{userName}/telemetry, status and command-result.");
        return (MqttTopic.RefusedPrefix + userName, JsonSerializer.SerializeToUtf8Bytes(new { code, message }, CityJson.Options));
    }

    private static bool CouldBeDevice(string userName)
        => userName.Split('/') is [{ Length: 6 } municipality, { Length: > 0 and <= MqttTopic.MaximumDeviceIdLength } device]
            && municipality.All(char.IsAsciiDigit)
            && device.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private bool IsDevice(string userName)
    {
        var parts = userName.Split('/');
        return parts.Length == 2 && towns.TryGetDevice(parts[0], parts[1], out _);
    }
}
