using System.Buffers;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Codec;

public sealed class MalformedPacketTests
{
    [Theory]
    [InlineData("00 00", MqttReasonCode.MalformedPacket, "packet type 0 is reserved")]
    [InlineData("C1 00", MqttReasonCode.MalformedPacket, "flags of PINGREQ")]
    [InlineData("60 02 00 01", MqttReasonCode.MalformedPacket, "PUBREL without its flags")]
    [InlineData("80 06 00 01 00 00 01 61", MqttReasonCode.MalformedPacket, "SUBSCRIBE without its flags")]
    [InlineData("36 06 00 01 61 00 01 00", MqttReasonCode.MalformedPacket, "QoS 3")]
    [InlineData("38 04 00 01 61 00", MqttReasonCode.MalformedPacket, "duplicate at QoS 0")]
    [InlineData("32 06 00 01 61 00 00 00", MqttReasonCode.MalformedPacket, "packet identifier 0")]
    [InlineData("30 04 00 01 2B 00", MqttReasonCode.TopicNameInvalid, "wildcard in a topic name")]
    [InlineData("30 04 00 01 23 00", MqttReasonCode.TopicNameInvalid, "wildcard in a topic name")]
    [InlineData("30 04 00 01 00 00", MqttReasonCode.MalformedPacket, "null character")]
    [InlineData("30 04 00 01 FF 00", MqttReasonCode.MalformedPacket, "not UTF-8")]
    [InlineData("30 06 00 03 ED A0 80 00", MqttReasonCode.MalformedPacket, "a surrogate in UTF-8")]
    [InlineData("30 05 00 02 C0 80 00", MqttReasonCode.MalformedPacket, "an over-long form")]
    [InlineData("30 03 00 00 00", MqttReasonCode.ProtocolError, "no topic and no alias")]
    [InlineData("30 02 00 05", MqttReasonCode.MalformedPacket, "topic longer than the packet")]
    [InlineData("30 07 00 01 61 03 23 00 00", MqttReasonCode.TopicAliasInvalid, "topic alias 0")]
    [InlineData("30 08 00 01 61 04 01 00 01 01", MqttReasonCode.ProtocolError, "a property twice")]
    [InlineData("30 06 00 01 61 02 01 02", MqttReasonCode.ProtocolError, "payload format 2")]
    [InlineData("30 06 00 01 61 02 0B 00", MqttReasonCode.ProtocolError, "subscription identifier 0")]
    [InlineData("30 09 00 01 61 05 11 00 00 00 01", MqttReasonCode.MalformedPacket, "a property of another packet")]
    [InlineData("30 06 00 01 61 02 7F 00", MqttReasonCode.MalformedPacket, "an unknown property")]
    [InlineData("30 05 00 01 61 7F 00", MqttReasonCode.MalformedPacket, "properties longer than the packet")]
    [InlineData("30 08 00 01 61 04 08 00 01 23", MqttReasonCode.TopicNameInvalid, "response topic with a wildcard")]
    [InlineData("30 06 00 01 61 80 00 00", MqttReasonCode.MalformedPacket, "a length not in its shortest form")]
    [InlineData("40 04 00 01 01 00", MqttReasonCode.MalformedPacket, "PUBACK with a reason code of another packet")]
    [InlineData("40 01 00", MqttReasonCode.MalformedPacket, "PUBACK without identifier")]
    [InlineData("82 03 00 01 00", MqttReasonCode.ProtocolError, "SUBSCRIBE without filter")]
    [InlineData("82 07 00 01 00 00 01 61 03", MqttReasonCode.MalformedPacket, "SUBSCRIBE with QoS 3")]
    [InlineData("82 07 00 01 00 00 01 61 30", MqttReasonCode.MalformedPacket, "retain handling 3")]
    [InlineData("82 07 00 01 00 00 01 61 40", MqttReasonCode.MalformedPacket, "reserved bits of the options")]
    [InlineData("A2 03 00 01 00", MqttReasonCode.ProtocolError, "UNSUBSCRIBE without filter")]
    [InlineData("E0 01 10", MqttReasonCode.MalformedPacket, "DISCONNECT with a reason code of another packet")]
    [InlineData("C0 01 00", MqttReasonCode.MalformedPacket, "PINGREQ with a body")]
    [InlineData("10 0D 00 04 4D 51 54 54 06 02 00 00 00 00 00", MqttReasonCode.UnsupportedProtocolVersion, "protocol level 6")]
    [InlineData("10 0E 00 06 4D 51 49 73 64 70 03 02 00 00 00 00", MqttReasonCode.UnsupportedProtocolVersion, "version 3.1")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 03 00 00 00 00 00", MqttReasonCode.MalformedPacket, "reserved flag of CONNECT")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 22 00 00 00 00 00", MqttReasonCode.MalformedPacket, "will retain without will")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 1E 00 00 00 00 00", MqttReasonCode.MalformedPacket, "will QoS 3")]
    [InlineData("10 0E 00 04 4D 51 54 54 04 42 00 00 00 00 00 00", MqttReasonCode.MalformedPacket, "3.1.1 password without user")]
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 00 03 21 00 00 00 00", MqttReasonCode.ProtocolError, "receive maximum 0")]
    [InlineData("10 11 00 04 4D 51 54 54 05 02 00 00 04 16 00 01 61 00 00", MqttReasonCode.ProtocolError, "authentication data without method")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 02 00 00 00 00 05", MqttReasonCode.MalformedPacket, "client identifier too short")]
    [InlineData("82 07 00 00 00 00 01 61 00", MqttReasonCode.MalformedPacket, "SUBSCRIBE with packet identifier 0")]
    [InlineData("A2 06 00 00 00 00 01 61", MqttReasonCode.MalformedPacket, "UNSUBSCRIBE with packet identifier 0")]
    [InlineData("40 02 00 00", MqttReasonCode.MalformedPacket, "PUBACK with packet identifier 0")]
    [InlineData("62 02 00 00", MqttReasonCode.MalformedPacket, "PUBREL with packet identifier 0")]
    [InlineData("50 03 00 01 92", MqttReasonCode.MalformedPacket, "PUBREC with a reason code of PUBREL")]
    [InlineData("62 03 00 01 97", MqttReasonCode.MalformedPacket, "PUBREL with a reason code of PUBREC")]
    [InlineData("70 03 00 01 80", MqttReasonCode.MalformedPacket, "PUBCOMP with a reason code of PUBREC")]
    [InlineData("82 07 00 01 00 00 01 FF 00", MqttReasonCode.MalformedPacket, "SUBSCRIBE with a filter that is not UTF-8")]
    [InlineData("82 06 00 01 00 00 01 61", MqttReasonCode.MalformedPacket, "SUBSCRIBE without options")]
    [InlineData("82 09 00 01 02 0B 00 00 01 61 00", MqttReasonCode.ProtocolError, "SUBSCRIBE with subscription identifier 0")]
    [InlineData("82 0B 00 01 04 0B 01 0B 02 00 01 61 00", MqttReasonCode.ProtocolError, "SUBSCRIBE with two subscription identifiers")]
    [InlineData("A2 06 00 01 00 00 01 FF", MqttReasonCode.MalformedPacket, "UNSUBSCRIBE with a filter that is not UTF-8")]
    [InlineData("E0 01 85", MqttReasonCode.MalformedPacket, "DISCONNECT with a reason code of CONNACK")]
    [InlineData("E0 01 18", MqttReasonCode.MalformedPacket, "DISCONNECT with a reason code of AUTH")]
    [InlineData("E0 0C 00 0A 11 00 00 00 01 11 00 00 00 01", MqttReasonCode.ProtocolError, "DISCONNECT with session expiry twice")]
    [InlineData("F0 01 80", MqttReasonCode.MalformedPacket, "AUTH with a reason code of another packet")]
    [InlineData("F0 05 18 03 16 00 00", MqttReasonCode.ProtocolError, "AUTH with data and no method")]
    [InlineData("D0 01 00", MqttReasonCode.MalformedPacket, "PINGRESP with a body")]
    [InlineData("20 03 02 00 00", MqttReasonCode.MalformedPacket, "CONNACK with reserved flags")]
    [InlineData("20 05 00 00 02 24 02", MqttReasonCode.ProtocolError, "CONNACK with maximum QoS 2")]
    [InlineData("20 05 00 00 02 25 02", MqttReasonCode.ProtocolError, "CONNACK with retain available 2")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 0A 00 00 00 00 00", MqttReasonCode.MalformedPacket, "will QoS without will")]
    [InlineData("10 0D 00 04 6D 71 74 74 05 02 00 00 00 00 00", MqttReasonCode.UnsupportedProtocolVersion, "another protocol name")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 02 00 00 00 00 00 00", MqttReasonCode.MalformedPacket, "CONNECT with bytes after its end")]
    [InlineData("10 0D 00 04 4D 51 54 54 05 82 00 00 00 00 00", MqttReasonCode.MalformedPacket, "user name flag without a user name")]
    [InlineData("10 11 00 04 4D 51 54 54 05 06 00 00 00 00 00 00 00 01 2B", MqttReasonCode.TopicNameInvalid, "will topic with a wildcard")]
    [InlineData("10 11 00 04 4D 51 54 54 05 06 00 00 00 00 00 00 00 01 61", MqttReasonCode.MalformedPacket, "will without payload")]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 00 02 17 02 00 00", MqttReasonCode.ProtocolError, "request problem information 2")]
    [InlineData("10 0F 00 04 4D 51 54 54 05 02 00 00 02 19 02 00 00", MqttReasonCode.ProtocolError, "request response information 2")]
    [InlineData("10 12 00 04 4D 51 54 54 05 02 00 00 05 27 00 00 00 00 00 00", MqttReasonCode.ProtocolError, "maximum packet size 0")]
    [InlineData("10 13 00 04 4D 51 54 54 05 02 00 00 06 22 00 01 22 00 01 00 00", MqttReasonCode.ProtocolError, "topic alias maximum twice")]
    [InlineData("10 15 00 04 4D 51 54 54 05 02 00 00 08 15 00 01 61 15 00 01 61 00 00", MqttReasonCode.ProtocolError, "authentication method twice")]
    [InlineData("10 10 00 04 4D 51 54 54 05 02 00 00 03 23 00 01 00 00", MqttReasonCode.MalformedPacket, "topic alias in CONNECT")]
    [InlineData("10 0E 00 04 4D 51 54 54 05 02 00 00 00 00 01 FF", MqttReasonCode.MalformedPacket, "client identifier that is not UTF-8")]
    [InlineData("30 0A 00 01 61 06 23 00 01 23 00 01", MqttReasonCode.ProtocolError, "topic alias twice")]
    [InlineData("30 0E 00 01 61 0A 02 00 00 00 01 02 00 00 00 01", MqttReasonCode.ProtocolError, "message expiry twice")]
    [InlineData("30 07 00 01 61 03 26 00 01", MqttReasonCode.MalformedPacket, "user property cut off")]
    [InlineData("30 09 00 01 61 05 0B FF FF FF FF", MqttReasonCode.MalformedPacket, "subscription identifier of more than four bytes")]
    public void Decode_WhenThePacketIsMalformed_GivesTheReasonCode(string hex, MqttReasonCode expected, string what)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        var exception = Should.Throw<MqttProtocolException>(() => PacketBytes.Decode(bytes, ProtocolVersion.Version500), what);

        exception.ReasonCode.ShouldBe(expected, what);
    }

    [Theory]
    [InlineData("E0 01 00", "DISCONNECT with a body")]
    [InlineData("F0 00", "AUTH")]
    [InlineData("40 03 00 01 00", "PUBACK with a reason code")]
    [InlineData("82 06 00 01 00 01 61 04", "SUBSCRIBE with options of version 5")]
    [InlineData("82 06 00 01 00 01 61 03", "SUBSCRIBE with QoS 3")]
    [InlineData("36 05 00 01 61 00 01", "QoS 3")]
    [InlineData("32 05 00 01 61 00 00", "packet identifier 0")]
    public void Decode_WhenThePacketIsMalformedInVersion311_Refuses(string hex, string what)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        Should.Throw<MqttProtocolException>(() => PacketBytes.Decode(bytes, ProtocolVersion.Version311), what)
            .ReasonCode.ShouldBe(MqttReasonCode.MalformedPacket, what);
    }

    [Fact]
    public void Decode_WithFlagsThatAreNotPrescribed_IsMalformed()
    {
        foreach (var type in Enum.GetValues<PacketType>().Where(type => type is not (PacketType.None or PacketType.Publish)))
        {
            var prescribed = type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
            foreach (var flags in Enumerable.Range(0, 16).Where(flags => flags != prescribed))
            {
                Should.Throw<MqttProtocolException>(() => PacketBytes.Decode([(byte)(((int)type << 4) | flags), 0], ProtocolVersion.Version500))
                    .ReasonCode.ShouldBe(MqttReasonCode.MalformedPacket, $"{type} with {flags}");
            }
        }
    }

    [Fact]
    public void Decode_OfATopicWithAByteOrderMark_KeepsIt()
        => ((PublishPacket)PacketBytes.Decode([0x30, 7, 0, 4, 0xEF, 0xBB, 0xBF, 0x61, 0], ProtocolVersion.Version500)).Topic.Value.ShouldBe("\uFEFFa");

    [Fact]
    public void TryRead_WhenTheLengthHasFiveBytes_IsMalformed()
    {
        var buffer = new ReadOnlySequence<byte>([0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);

        Should.Throw<MqttProtocolException>(() => FrameReader.TryRead(ref buffer, int.MaxValue, out _, out _))
            .ReasonCode.ShouldBe(MqttReasonCode.MalformedPacket);
    }

    [Fact]
    public void TryRead_WhenThePacketIsLargerThanAllowed_SaysSoBeforeItHasArrived()
    {
        var buffer = new ReadOnlySequence<byte>([0x30, 0xFF, 0x7F]);

        Should.Throw<MqttProtocolException>(() => FrameReader.TryRead(ref buffer, 1000, out _, out _))
            .ReasonCode.ShouldBe(MqttReasonCode.PacketTooLarge);
    }

    [Fact]
    public void TryRead_WhenBytesAreMissing_WaitsAndConsumesNothing()
    {
        var buffer = new ReadOnlySequence<byte>([0xC0]);
        FrameReader.TryRead(ref buffer, 1000, out _, out _).ShouldBeFalse();
        buffer.Length.ShouldBe(1);
    }
}
