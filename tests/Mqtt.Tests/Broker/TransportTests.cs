using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class TransportTests
{
    private static readonly Func<MqttBrokerOptions, MqttBrokerOptions> Everywhere = o => o with
    {
        TlsPort = 0,
        WebSocketPort = 0,
        SecureWebSocketPort = 0,
        Tls = new MqttBrokerTlsOptions { Certificate = TestCertificates.Town.Server },
    };

    [Theory]
    [InlineData("mqtt", MqttProtocolVersion.V311)]
    [InlineData("mqtts", MqttProtocolVersion.V311)]
    [InlineData("ws", MqttProtocolVersion.V311)]
    [InlineData("wss", MqttProtocolVersion.V311)]
    [InlineData("mqtt", MqttProtocolVersion.V500)]
    [InlineData("mqtts", MqttProtocolVersion.V500)]
    [InlineData("ws", MqttProtocolVersion.V500)]
    [InlineData("wss", MqttProtocolVersion.V500)]
    public async Task Client_OverEveryTransport_PublishesAndReceives(string scheme, MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox, o => o.WithConnectionUri(UriOf(broker.Broker, scheme)).WithTlsOptions(Trusting(scheme)), version);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);
        var large = new string('x', 200_000);

        await client.PublishStringAsync("t", large, MqttQualityOfServiceLevel.ExactlyOnce).WaitAsync(TestBroker.Patience);
        await client.PublishStringAsync("t", "small").WaitAsync(TestBroker.Patience);

        (await inbox.NextTextsAsync(2)).ShouldBe([large, "small"], ignoreOrder: true);
        await client.DisconnectAsync();
        await broker.WhenAsync(statistics => statistics.Connections == 0);
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task Client_WhenTheCertificateIsNotTrusted_DoesNotConnect(string scheme)
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        var options = broker.Options("c", configure: o => o.WithConnectionUri(UriOf(broker.Broker, scheme))
            .WithTlsOptions(t => t.WithTrustChain([TestCertificates.Foreign.Authority])));

        await Should.ThrowAsync<MqttCommunicationException>(() => broker.NewClient().ConnectAsync(options).WaitAsync(TestBroker.Patience));
    }

    [Fact]
    public async Task Client_WithAValidationHandler_AsksIt()
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        var asked = 0;
        var options = broker.Options("c", configure: o => o.WithConnectionUri(UriOf(broker.Broker, "mqtts"))
            .WithTlsOptions(t => t.WithCertificateValidationHandler(args =>
            {
                asked++;
                return args.Certificate.Subject == "CN=localhost";
            })));

        (await broker.NewClient().ConnectAsync(options).WaitAsync(TestBroker.Patience)).ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task ClientCertificate_WhenRequired_IsCheckedAgainstItsAuthority(string scheme)
    {
        await using var broker = await TestBroker.StartAsync(o => Everywhere(o) with
        {
            Tls = new MqttBrokerTlsOptions
            {
                Certificate = TestCertificates.Town.Server,
                ClientAuthorities = [TestCertificates.Town.Authority],
                RequireClientCertificate = true,
            },
        });

        var trusted = broker.Options("a", configure: o => o.WithConnectionUri(UriOf(broker.Broker, scheme))
            .WithTlsOptions(t => Trusting(scheme)(t.WithClientCertificates([TestCertificates.Town.Client]))));
        (await broker.NewClient().ConnectAsync(trusted).WaitAsync(TestBroker.Patience)).ResultCode.ShouldBe(MqttClientConnectResultCode.Success);

        var foreign = broker.Options("b", configure: o => o.WithConnectionUri(UriOf(broker.Broker, scheme))
            .WithTlsOptions(t => Trusting(scheme)(t.WithClientCertificates([TestCertificates.Foreign.Client]))));
        await Should.ThrowAsync<MqttCommunicationException>(() => broker.NewClient().ConnectAsync(foreign).WaitAsync(TestBroker.Patience));

        var without = broker.Options("c", configure: o => o.WithConnectionUri(UriOf(broker.Broker, scheme)).WithTlsOptions(Trusting(scheme)));
        await Should.ThrowAsync<MqttCommunicationException>(() => broker.NewClient().ConnectAsync(without).WaitAsync(TestBroker.Patience));
    }

    [Fact]
    public async Task Certificate_FromPemFiles_IsUsed()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = (Path.Combine(directory.Path, "server.pem"), Path.Combine(directory.Path, "server.key"));
        await File.WriteAllTextAsync(certificate, TestCertificates.Town.Server.ExportCertificatePem() + "\n" + TestCertificates.Town.Authority.ExportCertificatePem());
        await File.WriteAllTextAsync(key, TestCertificates.Town.Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var broker = await TestBroker.StartAsync(o => o with
        {
            Port = null,
            TlsPort = 0,
            Tls = new MqttBrokerTlsOptions { CertificatePath = certificate, KeyPath = key },
        });

        var options = new MqttClientOptionsBuilder().WithConnectionUri(UriOf(broker.Broker, "mqtts")).WithTlsOptions(Trusting("mqtts")).Build();
        (await broker.NewClient().ConnectAsync(options).WaitAsync(TestBroker.Patience)).ResultCode.ShouldBe(MqttClientConnectResultCode.Success);
        Should.Throw<InvalidOperationException>(() => broker.Broker.EndPoint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_WhenThereIsNoAuthorityWhereOneWasGiven_Throws(bool isFile)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "authorities.pem");
        await File.WriteAllTextAsync(path, TestCertificates.Town.Client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

        await Should.ThrowAsync<CryptographicException>(() => TestBroker.StartAsync(o => o with
        {
            TlsPort = 0,
            Tls = new MqttBrokerTlsOptions
            {
                Certificate = TestCertificates.Town.Server,
                ClientAuthorities = isFile ? null : [],
                ClientAuthoritiesPath = isFile ? path : null,
                RequireClientCertificate = isFile,
            },
        }));
    }

    [Fact]
    public void Options_ThatDoNotFitTogether_AreRefused()
    {
        var rules = new TestRules();
        var options = new MqttBrokerOptions { DataDirectory = "unused" };
        MqttBrokerOptions[] wrong =
        [
            options with { TlsPort = 0 },
            options with { SecureWebSocketPort = 0 },
            options with { Port = null },
            options with { WebSocketPort = 70_000 },
            options with { WebSocketPath = "mqtt" },
            options with { TlsPort = 0, Tls = new MqttBrokerTlsOptions() },
            options with { TlsPort = 0, Tls = new MqttBrokerTlsOptions { CertificatePath = "x", RequireClientCertificate = true } },
        ];

        foreach (var one in wrong)
        {
            Should.Throw<ArgumentException>(() => new MqttBroker(one, rules, rules));
        }
    }

    [Theory]
    [InlineData("/mqtt", null, HttpStatusCode.BadRequest)]
    [InlineData("/mqtt", "chat", HttpStatusCode.BadRequest)]
    [InlineData("/other", "mqtt", HttpStatusCode.NotFound)]
    public async Task WebSocket_WithTheWrongPathOrSubprotocol_IsRefused(string path, string? subprotocol, HttpStatusCode expected)
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        await Should.ThrowAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{broker.Broker.WebSocketEndPoint}{path}"), CancellationToken.None).WaitAsync(TestBroker.Patience));

        socket.HttpStatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("http://evil.example:1883", false)]
    [InlineData("null", false)]
    [InlineData("https://map.example", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    public async Task WebSocket_FromAPage_IsServedIfItsOriginIsAllowed(string origin, bool isServed)
    {
        await using var broker = await TestBroker.StartAsync(o => Everywhere(o) with { WebSocketOrigins = ["https://map.example"] });
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.SetRequestHeader("Origin", origin);

        var connecting = socket.ConnectAsync(new Uri($"ws://{broker.Broker.WebSocketEndPoint}/mqtt"), CancellationToken.None).WaitAsync(TestBroker.Patience);

        await (isServed ? connecting : Should.ThrowAsync<WebSocketException>(() => connecting));
        socket.HttpStatusCode.ShouldBe(isServed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task WebSocket_WhenPacketsSpanMessages_PutsThemTogether()
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        using var socket = await OpenAsync(broker.Broker);
        byte[] bytes =
        [
            .. PacketBytes.Encode(RawClient.Connect("c"), ProtocolVersion.Version500),
            .. PacketBytes.Encode(PingPacket.Request, ProtocolVersion.Version500),
        ];

        foreach (var part in bytes)
        {
            await socket.SendAsync(new ReadOnlyMemory<byte>([part]), WebSocketMessageType.Binary, endOfMessage: part % 2 == 0, CancellationToken.None);
        }

        var received = new List<byte>();
        var buffer = new byte[1000];
        while (!received.TakeLast(2).SequenceEqual<byte>([0xD0, 0x00]))
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TestBroker.Patience);
            result.MessageType.ShouldBe(WebSocketMessageType.Binary);
            received.AddRange(buffer[..result.Count]);
        }

        received[0].ShouldBe((byte)0x20);
    }

    [Fact]
    public async Task WebSocket_WhenSentText_Closes()
    {
        await using var broker = await TestBroker.StartAsync(Everywhere);
        using var socket = await OpenAsync(broker.Broker);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        (await socket.ReceiveAsync(new byte[10], CancellationToken.None).WaitAsync(TestBroker.Patience)).MessageType.ShouldBe(WebSocketMessageType.Close);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidMessageType);
        await broker.WhenAsync(statistics => statistics.Connections == 0);
    }

    private static string UriOf(MqttBroker broker, string scheme) => scheme switch
    {
        "mqtt" => $"mqtt://{broker.EndPoint}",
        "mqtts" => $"mqtts://localhost:{broker.TlsEndPoint!.Port}",
        "ws" => $"ws://{broker.WebSocketEndPoint}/mqtt",
        _ => $"wss://localhost:{broker.SecureWebSocketEndPoint!.Port}/mqtt",
    };

    private static Action<MqttClientTlsOptionsBuilder> Trusting(string scheme)
        => tls => tls.UseTls(scheme is "mqtts" or "wss").WithTrustChain([TestCertificates.Town.Authority]);

    private static async Task<ClientWebSocket> OpenAsync(MqttBroker broker)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://{broker.WebSocketEndPoint}/mqtt"), CancellationToken.None).WaitAsync(TestBroker.Patience);
        return socket;
    }
}
