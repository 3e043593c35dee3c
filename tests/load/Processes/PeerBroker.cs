using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartCity.Load.Processes;

/// <summary>Another broker: Debian's mosquitto, or npm's aedes on Node.js.</summary>
internal sealed class PeerBroker : ChildProcess, IMeasuredBroker
{
    private PeerBroker(string name, int port, ProcessStartInfo start) : base(start)
    {
        Name = name;
        Port = port;
        IgnoreOutput();
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Null where mosquitto is not installed.</summary>
    public static async Task<IMeasuredBroker?> StartMosquittoAsync()
    {
        var program = new[] { "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        // Its defaults but for two limits that would hold it back in this comparison: 20 messages in flight, 1,000 queued.
        var port = FreePort();
        var configuration = Path.GetTempFileName();
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture,
            $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 1000\nmax_queued_messages 100000\nset_tcp_nodelay true\npersistence false\nlog_type none\n"));
        return await ListeningAsync(new PeerBroker("mosquitto", port, new ProcessStartInfo(program, ["-c", configuration])));
    }

    /// <summary>Null where aedes is not installed (<c>npm ci</c> in <c>tests/load/peers</c>).</summary>
    public static async Task<IMeasuredBroker?> StartAedesAsync()
    {
        var folder = PeersFolder("aedes");
        if (folder is null)
        {
            return null;
        }

        var port = FreePort();
        var start = new ProcessStartInfo("node", ["aedes.mjs", port.ToString(CultureInfo.InvariantCulture)]) { WorkingDirectory = folder };
        return await ListeningAsync(new PeerBroker("aedes", port, start));
    }

    public Task SettleAsync() => Task.CompletedTask;

    /// <summary>The folder <c>tests/load/peers</c> if a package is installed there, or null.</summary>
    public static string? PeersFolder(string package)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "tests", "load", "peers");
            if (Directory.Exists(Path.Combine(peers, "node_modules", package)))
            {
                return peers;
            }
        }

        return null;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<IMeasuredBroker> ListeningAsync(PeerBroker broker)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, broker.Port);
                return broker;
            }
            catch (SocketException) when (deadline.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Yield();
            }
        }
    }
}
