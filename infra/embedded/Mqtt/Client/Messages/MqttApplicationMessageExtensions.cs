using System.Text;

namespace MQTTnet;

/// <summary>Reads an <see cref="MqttApplicationMessage"/>.</summary>
public static class MqttApplicationMessageExtensions
{
    /// <summary>The payload as UTF-8 text, or null when it is empty.</summary>
    public static string? ConvertPayloadToString(this MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        return applicationMessage.Payload.Length == 0 ? null : Encoding.UTF8.GetString(applicationMessage.Payload);
    }
}
