using System.Globalization;
using SmartCity.Load.Processes;
using SmartCity.Load.Relay;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Connections;

/// <summary>
/// What an idle connection costs a broker: the growth of its resident memory (which holds no kernel buffers) over
/// 10,000 connections, each a device that subscribed to its own commands and then says nothing.
/// </summary>
internal static class ConnectionsBenchmark
{
    private const int Connections = 10_000;
    private const int WarmUpConnections = 500;

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        Console.WriteLine("Idle connections");
        foreach (var subscribes in new[] { false, true })
        {
            var bytes = new Dictionary<string, double>(StringComparer.Ordinal);
            await Brokers.EachAsync(options, report, async broker =>
            {
                // The first connections also pay for code and tables that all share.
                Close(Open(broker.Port, WarmUpConnections, "warm-", subscribes, cancellationToken));
                await broker.SettleAsync();
                var before = broker.ResidentBytes;
                var clients = Open(broker.Port, Connections, "device-", subscribes, cancellationToken);
                await broker.SettleAsync();
                bytes[broker.Name] = (broker.ResidentBytes - before) / 1024.0 / Connections;
                Close(clients);
            });
            var what = subscribes ? "with one subscription" : "without subscription";
            report.Add(new Figure(
                string.Create(CultureInfo.InvariantCulture, $"memory of an idle connection of {Connections:#,0}, {what}"),
                subscribes ? "idleSubscribedConnectionKibibytes" : "idleConnectionKibibytes", "KiB", [bytes[Brokers.Ours]])
            {
                Peers = bytes.Where(broker => broker.Key != Brokers.Ours)
                    .ToDictionary(broker => broker.Key, broker => (IReadOnlyList<double>)[broker.Value], StringComparer.Ordinal),
                Target = "at most 12",
            });
        }
    }

    private static List<RawMqtt> Open(int port, int count, string prefix, bool subscribes, CancellationToken cancellationToken)
    {
        var clients = new List<RawMqtt>(count);
        for (var index = 0; index < count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var client = RawMqtt.Connect(port, string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}"), isVersion5: false);
            if (subscribes)
            {
                client.Subscribe(string.Create(CultureInfo.InvariantCulture, $"sc/v1/162043/{prefix}{index}/command"), 1);
            }

            client.ReleaseBuffer();
            clients.Add(client);
        }

        return clients;
    }

    private static void Close(List<RawMqtt> clients) => clients.ForEach(client => client.Dispose());
}
