using System.Net;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class SlowAuthenticationTests
{
    [Fact]
    public async Task Connect_WhenTheConnectionEndsBeforeTheAnswer_LeavesNoSession()
    {
        using var directory = new TemporaryDirectory();
        var slow = new SlowAuthenticator();
        await using var broker = new MqttBroker(new MqttBrokerOptions { DataDirectory = directory.Path, Port = 0, FlushToDisk = false }, slow, new AllowAnonymous());
        await broker.StartAsync();
        using var client = await RawClient.OpenAsync(broker.EndPoint.Port);
        await client.SendAsync(RawClient.Connect("c"));
        await slow.Asked.Task.WaitAsync(TestBroker.Patience);

        // Whoever stops the broker does not wait for an authenticator that hangs.
        await broker.StopAsync();
        // On a thread of the pool, where what waits for the answer goes on at once and is done when this is.
        await Task.Run(() => slow.Answer.SetResult(MqttAuthenticationResult.Accept()));

        broker.Statistics.Sessions.ShouldBe(0);
    }

    [Fact]
    public async Task Connect_WhenTheKeyIsRevokedBeforeTheAnswer_IsNotLetIn()
    {
        using var directory = new TemporaryDirectory();
        var slow = new SlowAuthenticator();
        await using var broker = new MqttBroker(new MqttBrokerOptions { DataDirectory = directory.Path, Port = 0, FlushToDisk = false }, slow, new AllowAnonymous());
        await broker.StartAsync();
        using var client = await RawClient.OpenAsync(broker.EndPoint.Port);
        var connect = RawClient.Connect("c", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        connect.UserName = "revoked";
        await client.SendAsync(connect);
        await slow.Asked.Task.WaitAsync(TestBroker.Patience);

        await broker.DisconnectClientAsync("revoked");
        await Task.Run(() => slow.Answer.SetResult(MqttAuthenticationResult.Accept()));

        (await client.ReceiveAsync()).ShouldBeNull();
        broker.Statistics.Sessions.ShouldBe(0);
    }

    [Fact]
    public async Task Connect_OnAConnectionThatIsClosing_DoesNotTakeALiveSessionOver()
    {
        await using var core = new TestCore();
        var live = await core.ConnectAsync("c", 100);
        var closing = core.Open();
        closing.CloseQuietly("The key was revoked.");

        await closing.HandleAsync(RawClient.Connect("c"));

        core.SessionOf("c")!.Connection.ShouldBe(live);
        (closing.Session, live.IsClosing).ShouldBe((null, false));
    }

    private sealed class SlowAuthenticator : IMqttAuthenticator
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<MqttAuthenticationResult> Answer { get; } = new();

        public async ValueTask<MqttAuthenticationResult> AuthenticateAsync(
            string clientId, string? userName, ReadOnlyMemory<byte> password, EndPoint? remoteEndPoint, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return await Answer.Task;
        }
    }
}
