using System.Diagnostics;
using SmartCity.Load.Ingest;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Alerts;

/// <summary>One alert to many subscriptions, against a receiver on this machine; then once more, with the host killed in the middle.</summary>
internal static class DeliveriesPart
{
    private const int Subscriptions = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Preparing = TimeSpan.FromMinutes(3);

    // The package web-push on Node.js: fewer, since it is slow, and as long as ours.
    private const int PeerMessages = 10_000;
    private const int PushBytes = 900;

    // Loopback is not of the open internet.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["Delivery__AllowPrivateReceivers"] = "true" };

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        var peers = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        if (options.Peers && await MeasurePeerAsync() is { } perSecond)
        {
            peers[NodePeers.Name] = [perSecond];
        }
        else if (options.Peers)
        {
            report.Note(NodePeers.Missing);
        }

        await MeasureAsync(report, "webhooks", "webhooks", _ => Subscribers.Webhook, [], cancellationToken);
        await MeasureAsync(report, "Web Push messages", "pushes", _ => Subscribers.WebPush, peers, cancellationToken);
    }

    private static async Task<double?> MeasurePeerAsync()
    {
        await using var receiver = await Receiver.StartAsync(Subscriptions);
        return await NodePeers.PushAsync(receiver.Address, PeerMessages, PushBytes) is { } taken ? PeerMessages / taken.TotalSeconds : null;
    }

    private static async Task MeasureAsync(Report report, string what, string key, Func<int, string> channel, Dictionary<string, IReadOnlyList<double>> peers, CancellationToken cancellationToken)
    {
        var data = MeasuredHost.NewDirectory();
        try
        {
            await using var receiver = await Receiver.StartAsync(Subscriptions);
            // The first start makes the database and the keys.
            await (await MeasuredHost.StartAsync(devices: 1, data, Settings)).DisposeAsync();
            await Subscribers.WriteAsync(data, Subscriptions, channel, receiver.Address);
            await SendAsync(report, what, key, channel(1) == Subscribers.WebPush, peers, data, receiver, cancellationToken);
            await KillAsync(report, key, data, receiver, cancellationToken);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task SendAsync(Report report, string what, string key, bool hasPushes, Dictionary<string, IReadOnlyList<double>> peers, string data, Receiver receiver, CancellationToken cancellationToken)
    {
        await using var host = await MeasuredHost.StartAsync(devices: 1, data, Settings);
        using var gauge = await ConnectAsync(host);
        // The first alert, its cancel and what follows are compiled by then.
        await CrossAsync(gauge, receiver, cancellationToken);
        await CrossAsync(gauge, receiver, cancellationToken);
        await MeasureAsync("", "");
        await CrossAsync(gauge, receiver, cancellationToken);
        if (hasPushes)
        {
            // Keys are made ahead while nothing is sent.
            Pause.For(Preparing, cancellationToken);
            await MeasureAsync(" after quiet minutes", "Prepared");
            await CrossAsync(gauge, receiver, cancellationToken);
        }

        async Task MeasureAsync(string when, string suffix)
        {
            var before = host.ProcessorTime;
            var (count, taken) = await CrossAsync(gauge, receiver, cancellationToken);
            report.Add(new Figure($"one alert to {Subscriptions:#,0} {what}{when}", $"{key}{suffix}PerSecond", "deliveries/s", [count.Subscriptions / taken.TotalSeconds])
            {
                Target = "at least 5,000",
                Peers = peers,
            });
            report.Add(new Figure("- host's processor time for one", $"{key}{suffix}ProcessorMicroseconds", "µs", [(host.ProcessorTime - before).TotalMicroseconds / count.Requests]));
            report.Add(new Figure("- not reached, reached twice", $"{key}{suffix}Faults", "subscriptions", [Subscriptions - count.Subscriptions + count.Repeated + count.Doubled]) { Target = "0" });
        }
    }

    private static async Task KillAsync(Report report, string key, string data, Receiver receiver, CancellationToken cancellationToken)
    {
        var host = await MeasuredHost.StartAsync(devices: 1, data, Settings);
        using (var gauge = await ConnectAsync(host))
        {
            await CrossAsync(gauge, receiver, cancellationToken);
            await CrossAsync(gauge, receiver, cancellationToken);
            await receiver.BeginAsync();
            await gauge.PublishAsync(1);
            await WaitAsync(receiver, Subscriptions * 2 / 5, cancellationToken);
        }

        await host.DisposeAsync();
        var atDeath = await receiver.CountAsync();
        await using var next = await MeasuredHost.StartAsync(devices: 1, data, Settings);
        await WaitAsync(receiver, Subscriptions, cancellationToken);
        // Whatever else may come of leases that had not ended.
        Pause.For(TimeSpan.FromSeconds(5), cancellationToken);
        var count = await receiver.CountAsync();
        report.Add(new Figure("- killed (SIGKILL) after", $"{key}AtKill", "deliveries", [atDeath.Requests]));
        report.Add(new Figure("- then not reached", $"{key}KillMissing", "subscriptions", [Subscriptions - count.Subscriptions]) { Target = "0" });
        report.Add(new Figure("- came again under the same name (a receiver that remembers acts once)", $"{key}KillRepeated", "deliveries", [count.Repeated]));
        report.Add(new Figure("- reached twice", $"{key}KillDoubled", "subscriptions", [count.Doubled]) { Target = "0" });
    }

    /// <summary>A gauge whose next message is over the bound.</summary>
    public static async Task<Gauge> ConnectAsync(MeasuredHost host)
    {
        var gauge = await Gauge.ConnectAsync(host.MqttPort, new FleetShape(1, Metrics: 1, MessagesAtOnce: 1) { Crosses = true, Credentials = device => host.Devices[device] }, 0);
        await gauge.PublishAsync(1);
        return gauge;
    }

    private static async Task<(ReceiverCount Count, TimeSpan Taken)> CrossAsync(Gauge gauge, Receiver receiver, CancellationToken cancellationToken)
    {
        await receiver.BeginAsync();
        var sent = Stopwatch.GetTimestamp();
        await gauge.PublishAsync(1);
        var count = await WaitAsync(receiver, Subscriptions, cancellationToken);
        return (count, Stopwatch.GetElapsedTime(sent, count.LastAt));
    }

    private static async Task<ReceiverCount> WaitAsync(Receiver receiver, int subscriptions, CancellationToken cancellationToken)
    {
        var count = await receiver.CountAsync();
        for (var waited = Stopwatch.StartNew(); count.Subscriptions < subscriptions && waited.Elapsed < Patience; count = await receiver.CountAsync())
        {
            Pause.For(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return count;
    }
}
