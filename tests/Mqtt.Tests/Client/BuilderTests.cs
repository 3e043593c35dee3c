using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace SmartCity.Mqtt.Tests.Client;

public sealed class BuilderTests
{
    [Fact]
    public void WithConnectionUri_WithEverything_SetsHostPortAndCredentials()
    {
        var options = new MqttClientOptionsBuilder().WithConnectionUri("mqtt://162043%2Friver:k%40y@broker:1999").Build();

        var tcp = options.ChannelOptions.ShouldBeOfType<MqttClientTcpOptions>();
        var endPoint = tcp.RemoteEndpoint.ShouldBeOfType<DnsEndPoint>();
        (endPoint.Host, endPoint.Port).ShouldBe(("broker", 1999));
        options.Credentials!.GetUserName(options).ShouldBe("162043/river");
        Encoding.UTF8.GetString(options.Credentials.GetPassword(options)!).ShouldBe("k@y");
    }

    [Theory]
    [InlineData("mqtt://host", 1883, false)]
    [InlineData("mqtts://host", 8883, true)]
    public void WithConnectionUri_WithoutAPort_TakesTheSchemesOwn(string uri, int port, bool tls)
    {
        var tcp = (MqttClientTcpOptions)new MqttClientOptionsBuilder().WithConnectionUri(uri).Build().ChannelOptions!;

        ((DnsEndPoint)tcp.RemoteEndpoint!).Port.ShouldBe(port);
        tcp.TlsOptions!.UseTls.ShouldBe(tls);
    }

    [Fact]
    public void Build_WithoutAServer_Throws() => Should.Throw<ArgumentException>(() => new MqttClientOptionsBuilder().Build());

    [Fact]
    public void Build_WithVersion5FeaturesOnVersion3_Throws()
        => Should.Throw<NotSupportedException>(() => new MqttClientOptionsBuilder()
            .WithTcpServer("h").WithProtocolVersion(MqttProtocolVersion.V311).WithReceiveMaximum(1).Build())
            .Message.ShouldContain("ReceiveMaximum");

    [Fact]
    public void Build_OfAMessageWithoutTopic_Throws()
        => Should.Throw<MqttProtocolViolationException>(() => new MqttApplicationMessageBuilder().WithPayload("x").Build());

    [Fact]
    public void WithPayload_FromAStream_ReadsTheGivenLength()
    {
        using var stream = new MemoryStream([1, 2, 3]);

        var message = new MqttApplicationMessageBuilder().WithTopic("t").WithPayload(stream, 2).Build();

        message.Payload.FirstSpan.ToArray().ShouldBe([1, 2]);
    }
}
