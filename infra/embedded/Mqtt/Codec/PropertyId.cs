namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Property identifiers (MQTT 5.0, section 2.2.2.2).</summary>
internal static class PropertyId
{
    public const int PayloadFormatIndicator = 1;
    public const int MessageExpiryInterval = 2;
    public const int ContentType = 3;
    public const int ResponseTopic = 8;
    public const int CorrelationData = 9;
    public const int SubscriptionIdentifier = 11;
    public const int SessionExpiryInterval = 17;
    public const int AssignedClientIdentifier = 18;
    public const int ServerKeepAlive = 19;
    public const int AuthenticationMethod = 21;
    public const int AuthenticationData = 22;
    public const int RequestProblemInformation = 23;
    public const int WillDelayInterval = 24;
    public const int RequestResponseInformation = 25;
    public const int ResponseInformation = 26;
    public const int ServerReference = 28;
    public const int ReasonString = 31;
    public const int ReceiveMaximum = 33;
    public const int TopicAliasMaximum = 34;
    public const int TopicAlias = 35;
    public const int MaximumQoS = 36;
    public const int RetainAvailable = 37;
    public const int UserProperty = 38;
    public const int MaximumPacketSize = 39;
    public const int WildcardSubscriptionAvailable = 40;
    public const int SubscriptionIdentifierAvailable = 41;
    public const int SharedSubscriptionAvailable = 42;

    /// <summary>The last will's properties have their own list; the reserved packet type stands for it.</summary>
    public const PacketType Will = PacketType.None;

    private static readonly ushort[] Allowed = MakeAllowed();

    /// <summary>Whether a property may occur in a packet (table 2-4 of the specification).</summary>
    public static bool IsAllowed(int id, PacketType type) => (uint)id < (uint)Allowed.Length && (Allowed[id] & (1 << (int)type)) != 0;

    private static ushort[] MakeAllowed()
    {
        var allowed = new ushort[SharedSubscriptionAvailable + 1];
        void Set(PacketType[] types, params int[] ids)
        {
            foreach (var id in ids)
            {
                foreach (var type in types)
                {
                    allowed[id] |= (ushort)(1 << (int)type);
                }
            }
        }

        Set([PacketType.Publish, Will], PayloadFormatIndicator, MessageExpiryInterval, ContentType, ResponseTopic, CorrelationData);
        Set([PacketType.Publish, PacketType.Subscribe], SubscriptionIdentifier);
        Set([PacketType.Connect, PacketType.ConnAck, PacketType.Disconnect], SessionExpiryInterval);
        Set([PacketType.ConnAck], AssignedClientIdentifier, ServerKeepAlive, ResponseInformation, MaximumQoS, RetainAvailable,
            WildcardSubscriptionAvailable, SubscriptionIdentifierAvailable, SharedSubscriptionAvailable);
        Set([PacketType.Connect, PacketType.ConnAck, PacketType.Auth], AuthenticationMethod, AuthenticationData);
        Set([PacketType.Connect], RequestProblemInformation, RequestResponseInformation);
        Set([Will], WillDelayInterval);
        Set([PacketType.ConnAck, PacketType.Disconnect], ServerReference);
        Set([PacketType.ConnAck, PacketType.PubAck, PacketType.PubRec, PacketType.PubRel, PacketType.PubComp, PacketType.SubAck,
            PacketType.UnsubAck, PacketType.Disconnect, PacketType.Auth], ReasonString);
        Set([PacketType.Connect, PacketType.ConnAck], ReceiveMaximum, TopicAliasMaximum, MaximumPacketSize);
        Set([PacketType.Publish], TopicAlias);
        allowed[UserProperty] = ushort.MaxValue;
        return allowed;
    }
}
