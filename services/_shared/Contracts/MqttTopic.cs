using System.Diagnostics.CodeAnalysis;

namespace SmartCity.Contracts;

/// <summary>The MQTT topics of devices: <c>sc/v1/{municipality}/{device}/{channel}</c>.</summary>
/// <param name="Municipality">The 6-digit local-government code.</param>
/// <param name="Device">The device's id within its municipality.</param>
/// <param name="Channel">One of the constants below.</param>
public sealed record MqttTopic(string Municipality, string Device, string Channel)
{
    public const string Telemetry = "telemetry";
    public const string Status = "status";
    public const string Command = "command";
    public const string CommandResult = "command-result";

    /// <summary>Retained: the state that the town wants the device to have.</summary>
    public const string TwinDesired = "twin-desired";

    /// <summary>The state that the device says it has.</summary>
    public const string TwinReported = "twin-reported";

    /// <summary>Filter over every device's telemetry, for the ingest session.</summary>
    public const string AllTelemetry = Prefix + "+/+/" + Telemetry;

    /// <summary>Filter over every device's retained status.</summary>
    public const string AllStatus = Prefix + "+/+/" + Status;

    /// <summary>Filters over what devices answer to the town: results of commands, and their own states.</summary>
    public static IReadOnlyList<string> AllAnswers { get; } = [Prefix + "+/+/" + CommandResult, Prefix + "+/+/" + TwinReported];

    /// <summary>
    /// What a broker refused a device: a JSON object with <c>code</c> and <c>message</c>. Published by the embedded
    /// broker at <c>$SYS/broker/refused/{municipality}/{device}</c>.
    /// </summary>
    public const string RefusedPrefix = "$SYS/broker/refused/";

    private const string Prefix = "sc/v1/";

    /// <summary>The longest device id that is accepted.</summary>
    public const int MaximumDeviceIdLength = 64;

    public override string ToString() => $"{Prefix}{Municipality}/{Device}/{Channel}";

    /// <summary>The user name with which a device connects.</summary>
    public static string UserName(string municipality, string device) => $"{municipality}/{device}";

    public static bool TryParse(string? topic, [NotNullWhen(true)] out MqttTopic? result)
    {
        result = null;
        if (topic is null || !topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = topic[Prefix.Length..].Split('/');
        if (parts.Length != 3 || parts.Any(string.IsNullOrEmpty) || parts[1].Length > MaximumDeviceIdLength)
        {
            return false;
        }

        result = new MqttTopic(parts[0], parts[1], parts[2]);
        return true;
    }
}
