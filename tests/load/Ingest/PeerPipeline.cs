using System.Diagnostics;
using System.Globalization;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Ingest;

/// <summary>
/// What a town would otherwise put together: mosquitto, a subscriber on Node.js, and inserts in batches into the same kind
/// of database (<c>peers/ingest.mjs</c>).
/// </summary>
internal sealed class PeerPipeline : ChildProcess, IMeasuredPipeline
{
    private readonly PeerBroker _broker;
    private readonly string _directory;
    private readonly SemaphoreSlim _asking = new(1, 1);

    private PeerPipeline(PeerBroker broker, string directory, string folder)
        : base(new ProcessStartInfo("node", ["ingest.mjs", broker.Port.ToString(CultureInfo.InvariantCulture), Path.Combine(directory, "readings.db")]) { WorkingDirectory = folder })
        => (_broker, _directory) = (broker, directory);

    public string Name => "mosquitto + Node.js";

    public int MqttPort => _broker.Port;

    public override TimeSpan ProcessorTime => base.ProcessorTime + _broker.ProcessorTime;

    /// <summary>Null where mosquitto or the packages of <c>tests/load/peers</c> are not installed.</summary>
    public static async Task<PeerPipeline?> StartAsync()
    {
        if (PeerBroker.PeersFolder("better-sqlite3") is not { } folder || await PeerBroker.StartMosquittoAsync() is not PeerBroker broker)
        {
            return null;
        }

        var pipeline = new PeerPipeline(broker, Directory.CreateTempSubdirectory("smartcity-load-").FullName, folder);
        await pipeline.ReadLineAsync();
        return pipeline;
    }

    public async Task<long> StoredAsync()
    {
        await _asking.WaitAsync();
        try
        {
            return long.Parse(await AskAsync("count"), CultureInfo.InvariantCulture);
        }
        finally
        {
            _asking.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _broker.DisposeAsync();
        _asking.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
