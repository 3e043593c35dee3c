using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Devices;

/// <summary>
/// What who may do on the broker, whichever broker it is: a device publishes to its own telemetry, status,
/// command-result and twin-reported and reads its own commands and desired state, or does the same as a Sparkplug edge node; the
/// platform's own user reads everything and sends commands and desired states.
/// </summary>
public static class DeviceRights
{
    public static bool MayPublish(string userName, string topic, bool isService)
        => SparkplugTopic.TryParse(topic, out var sparkplug)
            ? isService != sparkplug.IsFromNode && (isService || MqttTopic.UserName(sparkplug.Municipality, sparkplug.Device) == userName)
            : MqttTopic.TryParse(topic, out var parsed)
                && (isService
                    ? parsed.Channel is MqttTopic.Command or MqttTopic.TwinDesired
                    : IsOwn(parsed, userName) && parsed.Channel is MqttTopic.Telemetry or MqttTopic.Status or MqttTopic.CommandResult or MqttTopic.TwinReported);

    public static bool MaySubscribe(string userName, string topicFilter, bool isService)
        => isService || IsOwnSparkplugCommand(userName, topicFilter)
            || (MqttTopic.TryParse(topicFilter, out var parsed) && IsOwn(parsed, userName) && parsed.Channel is MqttTopic.Command or MqttTopic.TwinDesired);

    /// <summary>
    /// What the transit service may subscribe to: the telemetry of one device after another, so that a filter over all devices, which
    /// would double what the broker sends, is refused. It may publish nothing.
    /// </summary>
    public static bool MayFollow(string topicFilter)
        => !topicFilter.AsSpan().ContainsAny('+', '#') && MqttTopic.TryParse(topicFilter, out var parsed) && parsed.Channel == MqttTopic.Telemetry;

    /// <summary>Splits <c>{municipality}/{device}</c>; false for what could be no device's user name.</summary>
    public static bool TrySplit(string? userName, out string municipality, out string device)
    {
        (municipality, device) = ("", "");
        if (userName is null || userName.IndexOf('/', StringComparison.Ordinal) != 6 || userName.Length < 8)
        {
            return false;
        }

        (municipality, device) = (userName[..6], userName[7..]);
        return municipality.All(char.IsAsciiDigit) && device.Length <= MqttTopic.MaximumDeviceIdLength
            && device.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
    }

    // A wildcard is no device's id, so a filter with one is never a device's own.
    private static bool IsOwn(MqttTopic topic, string userName) => MqttTopic.UserName(topic.Municipality, topic.Device) == userName;

    // Edge nodes subscribe to spBv1.0/{group}/NCMD/{node} and DCMD/{node}, also with /# (Sparkplug 3.0 section 5.4): below its own id all is the node's.
    private static bool IsOwnSparkplugCommand(string userName, string filter)
    {
        if (!filter.StartsWith(SparkplugTopic.Prefix, StringComparison.Ordinal) || !TrySplit(userName, out var municipality, out var device))
        {
            return false;
        }

        var node = new SparkplugTopic(municipality, SparkplugTopic.NodeCommand, device).ToString();
        var behind = new SparkplugTopic(municipality, SparkplugTopic.DeviceCommand, device).ToString();
        return filter == node || filter == node + "/#" || filter == behind + "/#"
            || (filter.StartsWith(behind + "/", StringComparison.Ordinal) && !filter.AsSpan(behind.Length + 1).Contains('/'));
    }
}
