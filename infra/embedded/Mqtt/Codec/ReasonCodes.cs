namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Which packet may carry which reason code (MQTT 5.0, table 2-6), and how version 3 says the same.</summary>
internal static class ReasonCodes
{
    public static bool IsAllowed(PacketType type, MqttReasonCode code) => type switch
    {
        PacketType.PubAck or PacketType.PubRec => code is MqttReasonCode.Success or MqttReasonCode.NoMatchingSubscribers
            or MqttReasonCode.UnspecifiedError or MqttReasonCode.ImplementationSpecificError or MqttReasonCode.NotAuthorized
            or MqttReasonCode.TopicNameInvalid or MqttReasonCode.PacketIdentifierInUse or MqttReasonCode.QuotaExceeded
            or MqttReasonCode.PayloadFormatInvalid,
        PacketType.PubRel or PacketType.PubComp => code is MqttReasonCode.Success or MqttReasonCode.PacketIdentifierNotFound,
        PacketType.Auth => code is MqttReasonCode.Success or MqttReasonCode.ContinueAuthentication or MqttReasonCode.ReAuthenticate,
        PacketType.Disconnect => code is MqttReasonCode.Success or MqttReasonCode.DisconnectWithWillMessage
            || (code >= MqttReasonCode.UnspecifiedError && Enum.IsDefined(code) && !IsForConnAckOnly(code)),
        _ => true,
    };

    // Those that tables 3-1 and 2-6 give to CONNACK and to acknowledgements, and not to DISCONNECT.
    private static bool IsForConnAckOnly(MqttReasonCode code) => code is MqttReasonCode.UnsupportedProtocolVersion
        or MqttReasonCode.ClientIdentifierNotValid or MqttReasonCode.BadUserNameOrPassword or MqttReasonCode.ServerUnavailable
        or MqttReasonCode.Banned or MqttReasonCode.BadAuthenticationMethod or MqttReasonCode.PacketIdentifierInUse
        or MqttReasonCode.PacketIdentifierNotFound;

    /// <summary>The return code of a CONNACK of version 3.1.1 (its section 3.2.2.3).</summary>
    public static byte ToConnectReturnCode(MqttReasonCode code) => code switch
    {
        MqttReasonCode.Success => 0,
        MqttReasonCode.UnsupportedProtocolVersion => 1,
        MqttReasonCode.ClientIdentifierNotValid => 2,
        MqttReasonCode.BadUserNameOrPassword or MqttReasonCode.BadAuthenticationMethod => 4,
        MqttReasonCode.NotAuthorized or MqttReasonCode.Banned => 5,
        _ => 3,
    };

    /// <summary>The reason code that means the same as a return code of version 3.1.1.</summary>
    public static MqttReasonCode FromConnectReturnCode(byte code) => code switch
    {
        0 => MqttReasonCode.Success,
        1 => MqttReasonCode.UnsupportedProtocolVersion,
        2 => MqttReasonCode.ClientIdentifierNotValid,
        3 => MqttReasonCode.ServerUnavailable,
        4 => MqttReasonCode.BadUserNameOrPassword,
        5 => MqttReasonCode.NotAuthorized,
        _ => MqttReasonCode.UnspecifiedError,
    };
}
