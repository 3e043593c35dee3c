using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Alerts;

/// <summary>What a town would otherwise put together on Node.js (<c>peers/</c>).</summary>
internal sealed class NodePeers : ChildProcess
{
    public const string Name = "Node.js";

    private NodePeers(string folder, params string[] arguments) : base(Raised(folder, arguments))
    {
    }

    public static string Missing => "Node.js was not measured: run npm ci in tests/load/peers.";

    /// <summary>Sends as many Web Push messages with the package <c>web-push</c>, 128 at a time.</summary>
    /// <param name="textBytes">Of the message.</param>
    /// <returns>How long it took, or null where the package is not installed.</returns>
    public static async Task<TimeSpan?> PushAsync(Uri receiver, int count, int textBytes)
    {
        if (PeerBroker.PeersFolder("web-push") is not { } folder)
        {
            return null;
        }

        await using var peer = new NodePeers(folder, "push.mjs", JsonSerializer.Serialize(new { receiver, count, atOnce = 128, text = new string('x', textBytes) }, JsonSerializerOptions.Web));
        return TimeSpan.FromSeconds(double.Parse(await peer.ReadLineAsync(TimeSpan.FromMinutes(5)), CultureInfo.InvariantCulture));
    }

    /// <summary>A server of streams that does nothing else, or null where Node.js is not prepared.</summary>
    /// <param name="eventBytes">Of the event that it sends to all.</param>
    public static async Task<(NodePeers Server, Uri Address)?> ServeStreamsAsync(int eventBytes)
    {
        if (PeerBroker.PeersFolder("web-push") is not { } folder)
        {
            return null;
        }

        var peer = new NodePeers(folder, "stream.mjs", eventBytes.ToString(CultureInfo.InvariantCulture));
        return (peer, new Uri(await peer.ReadLineAsync()));
    }

    /// <summary>Sends an event to all that are open.</summary>
    public Task SendAsync() => AskAsync("send");

    private static ProcessStartInfo Raised(string folder, string[] arguments)
    {
        var start = OpenFiles.Raised("node", arguments);
        start.WorkingDirectory = folder;
        return start;
    }
}
