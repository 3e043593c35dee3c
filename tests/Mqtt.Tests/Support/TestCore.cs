using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Broker.Storage;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>The parts of a broker without a network: the test itself hands packets to connections, in an order of its own.</summary>
internal sealed class TestCore : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public TestCore()
    {
        var options = new MqttBrokerOptions { DataDirectory = _directory.Path, FlushToDisk = false };
        var state = new BrokerState(options, new FakeClock(), NullLogger.Instance, Refusals.Enqueue);
        Core = new BrokerCore(state, Rules, Rules);
        state.Store = SessionStore.Open(options, new StoredState(state.Limits, state.Retained));
    }

    public BrokerCore Core { get; }

    public BrokerState State => Core.State;

    public TestRules Rules { get; } = new();

    public ConcurrentQueue<MqttRefusal> Refusals { get; } = new();

    public Session? SessionOf(string clientId) => State.Sessions.GetValueOrDefault(clientId);

    /// <summary>A connection that has sent nothing yet.</summary>
    public Connection Open(Stream? stream = null)
    {
        var connection = new Connection(Core, stream ?? Stream.Null, null, static () => { });
        State.Connections.Add(connection);
        return connection;
    }

    /// <summary>A connection whose CONNECT was accepted.</summary>
    public async Task<Connection> ConnectAsync(string clientId, uint sessionExpirySeconds = 0)
    {
        var connection = Open();
        await connection.HandleAsync(RawClient.Connect(
            clientId, cleanStart: sessionExpirySeconds == 0, properties: new MqttProperties { SessionExpiryInterval = sessionExpirySeconds }));
        connection.Session.ShouldNotBeNull();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await State.Store.DisposeAsync();
        _directory.Dispose();
    }
}
