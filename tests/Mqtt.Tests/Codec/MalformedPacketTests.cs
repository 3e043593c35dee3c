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
    public void Decode_WhenThePacketIsMalformed_GivesTheReasonCode(string hex, MqttReasonCode expected, string what)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        var exception = Should.Throw<MqttProtocolException>(() => PacketBytes.Decode(bytes, ProtocolVersion.Version500), what);

        exception.ReasonCode.ShouldBe(expected, what);
    }

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
