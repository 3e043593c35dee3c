using System.Diagnostics.CodeAnalysis;

namespace SmartCity.Contracts;

/// <summary>
/// The topics of Eclipse Sparkplug 3.0 (chapter 4): <c>spBv1.0/{group}/{message type}/{edge node}[/{device}]</c>. Here the
/// group is the municipality and the edge node a registered device; what Sparkplug calls a device stands behind it.
/// </summary>
/// <param name="Municipality">The 6-digit local-government code.</param>
/// <param name="MessageType">One of the constants below.</param>
/// <param name="Device">The edge node: the registered device's id.</param>
/// <param name="SubDevice">A device behind the edge node, where the message is about one.</param>
public sealed record SparkplugTopic(string Municipality, string MessageType, string Device, string? SubDevice = null)
{
    public const string NodeBirth = "NBIRTH";
    public const string NodeData = "NDATA";
    public const string NodeDeath = "NDEATH";
    public const string NodeCommand = "NCMD";
    public const string DeviceBirth = "DBIRTH";
    public const string DeviceData = "DDATA";
    public const string DeviceDeath = "DDEATH";
    public const string DeviceCommand = "DCMD";

    /// <summary>How topics of Sparkplug begin.</summary>
    public const string Prefix = "spBv1.0/";

    /// <summary>Filters over everything that nodes publish, for the ingest session.</summary>
    public static IReadOnlyList<string> AllFromNodes { get; } =
    [
        Prefix + "+/" + NodeBirth + "/+", Prefix + "+/" + NodeData + "/+", Prefix + "+/" + NodeDeath + "/+",
        Prefix + "+/" + DeviceBirth + "/+/+", Prefix + "+/" + DeviceData + "/+/+", Prefix + "+/" + DeviceDeath + "/+/+",
    ];

    /// <summary>Whether a node sends it; else it is a command to a node.</summary>
    public bool IsFromNode => MessageType is not (NodeCommand or DeviceCommand);

    public override string ToString() => $"{Prefix}{Municipality}/{MessageType}/{Device}" + (SubDevice is null ? "" : "/" + SubDevice);

    public static bool TryParse(string? topic, [NotNullWhen(true)] out SparkplugTopic? result)
    {
        result = null;
        if (topic is null || !topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = topic[Prefix.Length..].Split('/');
        var isOfNode = parts is [_, NodeBirth or NodeData or NodeDeath or NodeCommand, _];
        var isOfDevice = parts is [_, DeviceBirth or DeviceData or DeviceDeath or DeviceCommand, _, _];
        if ((!isOfNode && !isOfDevice) || parts.Any(string.IsNullOrEmpty) || parts.Any(part => part.AsSpan().ContainsAny('+', '#'))
            || parts[2].Length > MqttTopic.MaximumDeviceIdLength)
        {
            return false;
        }

        result = new SparkplugTopic(parts[0], parts[1], parts[2], isOfDevice ? parts[3] : null);
        return true;
    }
}
