using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class SysTopicsTests
{
    [Fact]
    public async Task Subscribe_ToSys_GivesAllFiguresOfNow()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("$SYS/#", MqttQualityOfServiceLevel.ExactlyOnce);
        await client.SubscribeAsync("end");
        await broker.Broker.PublishAsync("end", "end"u8.ToArray());

        var figures = new Dictionary<string, ReceivedMessage>(StringComparer.Ordinal);
        for (var message = await inbox.NextAsync(); message.Topic != "end"; message = await inbox.NextAsync())
        {
            figures.Add(message.Topic["$SYS/broker/".Length..], message);
        }

        string[] expected =
        [
            "version", "uptime", "clients/connected", "clients/total", "clients/maximum", "messages/received", "messages/sent", "messages/stored",
            "publish/messages/received", "publish/messages/sent", "publish/messages/dropped", "bytes/received", "bytes/sent",
            "retained messages/count", "subscriptions/count", "load/messages/received/1min", "load/bytes/sent/15min",
        ];
        expected.ShouldBeSubsetOf(figures.Keys);
        figures.Values.ShouldAllBe(figure => figure.Message.Retain && figure.Message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce);
        figures["uptime"].Text.ShouldBe("0 seconds");
        broker.Broker.Statistics.RetainedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task Figures_AfterAnInterval_SayWhatHasHappened()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox, o => o.WithNoKeepAlive());
        for (var index = 0; index < 3; index++)
        {
            await client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce);
        }

        string[] topics = ["clients/connected", "clients/maximum", "publish/messages/received", "messages/received", "messages/sent", "load/publish/received/1min"];
        foreach (var topic in topics)
        {
            await client.SubscribeAsync("$SYS/broker/" + topic);
            (await inbox.NextAsync()).Text.ShouldBeOneOf("0", "0.00");
        }

        clock.Advance(TimeSpan.FromSeconds(11));

        var figures = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var _ in topics)
        {
            var message = await inbox.NextAsync();
            message.Message.Retain.ShouldBeFalse();
            figures.Add(message.Topic["$SYS/broker/".Length..], message.Text);
        }

        (figures["clients/connected"], figures["clients/maximum"], figures["publish/messages/received"]).ShouldBe(("1", "1", "3"));
        // CONNECT, three PUBLISH, six SUBSCRIBE; CONNACK, three PUBACK, six SUBACK, six figures.
        (figures["messages/received"], figures["messages/sent"]).ShouldBe(("10", "16"));
        double.Parse(figures["load/publish/received/1min"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Figures_WithAnIntervalOfZero_AreNotPublished()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { SysInterval = TimeSpan.Zero });
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("$SYS/#");
        await client.SubscribeAsync("end");

        await broker.Broker.PublishAsync("end", "end"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("end");
    }

    [Fact]
    public async Task Subscribe_WithALeadingWildcard_DoesNotMatchSys()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("#");
        await client.SubscribeAsync("+/broker/version");

        await broker.Broker.PublishAsync("end", "end"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("end");
    }

    [Theory]
    [InlineData("$SYS/broker/version")]
    [InlineData("$other")]
    public async Task Publish_ToWhatBeginsWithADollar_IsRefused(string topic)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");

        (await client.PublishStringAsync(topic, "x", MqttQualityOfServiceLevel.AtLeastOnce)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        (await broker.NewClient().ConnectAsync(broker.Options("will", configure: o => o.WithWillTopic(topic)))).ResultCode
            .ShouldBe(MqttClientConnectResultCode.NotAuthorized);
    }

    [Fact]
    public async Task Subscribe_ToSys_IsTheAuthorizersDecision()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c", configure: o => o.WithCredentials("no-figures", "key"));

        (await client.SubscribeAsync("$SYS/#")).Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
    }
}
