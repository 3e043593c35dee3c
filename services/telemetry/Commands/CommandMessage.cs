using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Contracts;

namespace SmartCity.Telemetry.Commands;

/// <summary>A command as the device gets it.</summary>
/// <param name="Id">To be given back in the result. The same id twice is the same command: it is done once and answered twice.</param>
/// <param name="ExpiresAt">Beyond it the command is not to be done; a device with a clock checks this itself.</param>
internal sealed record CommandMessage(string Id, string Name, JsonNode Arguments, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// QoS 1, with the rest of its time as the message expiry interval (MQTT 5.0 section 3.3.2.3.3), so that a broker keeps no
    /// command for a device that comes too late, and with response topic and correlation data (section 4.10).
    /// </summary>
    public static MqttApplicationMessage Of(CommandRow row, DateTimeOffset now) => new MqttApplicationMessageBuilder()
        .WithTopic(new MqttTopic(row.Municipality, row.Device, MqttTopic.Command).ToString())
        .WithPayload(JsonSerializer.SerializeToUtf8Bytes(
            new CommandMessage(row.CommandId, row.Name, JsonNode.Parse(row.Arguments)!, row.ExpiresAt!.Value), CityJson.Options))
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithMessageExpiryInterval((uint)Math.Max(1, Math.Floor((row.ExpiresAt!.Value - now).TotalSeconds)))
        .WithResponseTopic(new MqttTopic(row.Municipality, row.Device, MqttTopic.CommandResult).ToString())
        .WithCorrelationData(Encoding.UTF8.GetBytes(row.CommandId))
        .Build();
}
