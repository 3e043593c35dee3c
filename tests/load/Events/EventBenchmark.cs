using System.Diagnostics;
using SmartCity.Load.Processes;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Events;

/// <summary>
/// Durable pub/sub through the sidecar, which runs in a process of its own: every accepted event is on disk, and is
/// delivered by an HTTP request of its own. Then the same with the sidecar killed in the middle.
/// </summary>
internal static class EventBenchmark
{
    // Two HTTP stacks have a lot of code to compile before their rate is steady.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private const int Senders = 64;

    private static readonly Way[] Ways =
    [
        new("events one by one, one topic", "eventsOneTopicPerSecond", Senders, 1, Topics: 1, InBulk: false),
        new("events one by one, eight topics", "eventsPerSecond", Senders, 1, Topics: 8, InBulk: false),
        new("events in bulk (100 a request at both ends), one topic", "bulkEventsPerSecond", 4, 100, Topics: 1, InBulk: true),
    ];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        Console.WriteLine("Durable pub/sub through the sidecar");
        foreach (var way in Ways)
        {
            var rates = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
            {
                rates.Add(await RateAsync(way, options, cancellationToken));
            }

            report.Add(new Figure(way.Name, way.Key, "events/s", rates) { Target = "at least 10,000" });
        }

        var (accepted, lost, doubled) = await KillAsync(options, cancellationToken);
        report.Add(new Figure("events accepted while the sidecar was killed (SIGKILL) and started again", "killedAccepted", "events", [accepted]));
        report.Add(new Figure("of these never delivered", "lost", "events", [lost]) { Target = "0" });
        report.Add(new Figure("of these delivered twice (at least once is the promise)", "doubled", "events", [doubled]));
    }

    private static async Task<double> RateAsync(Way way, LoadOptions options, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("smartcity-load-");
        await using var app = await EventApp.StartAsync(way.Topics, way.InBulk);
        await using var sidecar = await SidecarProcess.StartAsync(directory.FullName, app.Address);
        using var publisher = new EventPublisher(way.Senders, way.EventsPerRequest, way.Topics);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = publisher.RunAsync(() => sidecar.Address, app.Ahead, stopping.Token);
        Pause.For(WarmUp, cancellationToken);
        var before = app.Received;
        var clock = Stopwatch.StartNew();
        Pause.For(options.Duration, cancellationToken);
        var rate = (app.Received - before) / clock.Elapsed.TotalSeconds;
        await stopping.CancelAsync();
        await publishing;
        await sidecar.KillAsync();
        directory.Delete(recursive: true);
        return rate;
    }

    private static async Task<(double Accepted, double Lost, double Doubled)> KillAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("smartcity-load-");
        await using var app = await EventApp.StartAsync(topics: 1, inBulk: false);
        using var publisher = new EventPublisher(Senders, 1, topics: 1);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sidecar = await SidecarProcess.StartAsync(directory.FullName, app.Address);
        try
        {
            var publishing = publisher.RunAsync(() => sidecar.Address, ahead: null, stopping.Token);
            Pause.For(options.WarmUp, cancellationToken);
            await sidecar.KillAsync();
            await sidecar.DisposeAsync();
            sidecar = await SidecarProcess.StartAsync(directory.FullName, app.Address);
            Pause.For(options.WarmUp, cancellationToken);
            await stopping.CancelAsync();
            await publishing;
            // Everything accepted has to arrive; a minute without a new event means that it never will.
            var quiet = Stopwatch.StartNew();
            for (var last = -1; Missing() > 0 && quiet.Elapsed < TimeSpan.FromMinutes(1);)
            {
                Pause.For(TimeSpan.FromMilliseconds(50), cancellationToken);
                if (app.Counts.Count != last)
                {
                    last = app.Counts.Count;
                    quiet.Restart();
                }
            }

            return (publisher.AcceptedNumbers.Count, Missing(), publisher.AcceptedNumbers.Count(number => app.Counts.GetValueOrDefault(number) > 1));
        }
        finally
        {
            await sidecar.DisposeAsync();
            directory.Delete(recursive: true);
        }

        int Missing() => publisher.AcceptedNumbers.Count(number => !app.Counts.ContainsKey(number));
    }

    private sealed record Way(string Name, string Key, int Senders, int EventsPerRequest, int Topics, bool InBulk);
}
