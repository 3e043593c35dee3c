namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>The protocol levels that this codec speaks.</summary>
public enum ProtocolVersion : byte
{
    Version311 = 4,
    Version500 = 5,
}
