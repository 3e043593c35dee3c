using System.Globalization;
using SmartCity.Load.Processes;
using SmartCity.Load.Reporting;

namespace SmartCity.Load.Relay;

/// <summary>Broker relay, 100-byte payloads, the same generator for every broker, each alone on the machine in its turn.</summary>
internal static class RelayBenchmark
{
    private const string Target = "1.5 x mosquitto, 5 x aedes";

    // Packets in one write: a client that gathers what it has to send, as a gateway of many sensors does, and one that does not.
    private const int Gathered = 64;
    private const int Single = 1;

    private static readonly Case[] Cases =
    [
        new(0, false, Single), new(1, false, Single), new(0, true, Single), new(1, true, Single),
        new(0, false, Gathered), new(1, false, Gathered), new(0, true, Gathered), new(1, true, Gathered),
    ];

    public static async Task RunAsync(LoadOptions options, Report report, CancellationToken cancellationToken)
    {
        Console.WriteLine("Broker relay, 1 publisher to 1 subscriber");
        foreach (var one in Cases)
        {
            var results = new Dictionary<string, List<RelayResult>>(StringComparer.Ordinal);
            for (var round = 0; round < options.Rounds; round++)
            {
                await Brokers.EachAsync(options, report, broker =>
                {
                    // aedes speaks 3.1.1 only.
                    if (!one.IsVersion5 || broker.Name != "aedes")
                    {
                        using var run = new RelayRun(broker, one.QualityOfService, one.IsVersion5, one.Batch);
                        var result = run.Run(options.WarmUp, options.Duration, cancellationToken);
                        (results.TryGetValue(broker.Name, out var list) ? list : results[broker.Name] = []).Add(result);
                    }

                    return Task.CompletedTask;
                });
            }

            Tell(report, results, one);
        }
    }

    private static void Tell(Report report, Dictionary<string, List<RelayResult>> results, Case one)
    {
        var gathered = one.Batch > 1;
        var name = string.Create(CultureInfo.InvariantCulture,
            $"MQTT {(one.IsVersion5 ? "5.0" : "3.1.1")} QoS {one.QualityOfService}, {(gathered ? "packets gathered" : "a write for each packet")}");
        var key = string.Create(CultureInfo.InvariantCulture, $"relay{(one.IsVersion5 ? "5" : "311")}Qos{one.QualityOfService}{(gathered ? "Gathered" : "")}");
        report.Add(FigureOf($"{name}", $"{key}MessagesPerSecond", "messages/s", result => result.MessagesPerSecond, Target));
        report.Add(FigureOf($"- latency under that load, median", $"{key}P50Milliseconds", "ms", result => result.P50Milliseconds, ""));
        report.Add(FigureOf($"- latency under that load, 99 %", $"{key}P99Milliseconds", "ms", result => result.P99Milliseconds, ""));
        report.Add(FigureOf("- broker's processor time", $"{key}BrokerMicrosecondsPerMessage", "µs/message", result => result.BrokerMicroseconds, ""));
        foreach (var (broker, rounds) in results)
        {
            if (rounds.Sum(result => result.Lost) is var lost and not 0)
            {
                report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: {broker} lost {lost} messages"));
            }

            if (rounds.Sum(result => result.Doubled) is var doubled and not 0)
            {
                report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: {broker} doubled {doubled} messages"));
            }
        }

        Figure FigureOf(string title, string id, string unit, Func<RelayResult, double> of, string target) => new(
            title, id, unit, results[Brokers.Ours].Select(of).ToArray())
        {
            Peers = results.Where(broker => broker.Key != Brokers.Ours)
                .ToDictionary(broker => broker.Key, broker => (IReadOnlyList<double>)broker.Value.Select(of).ToArray(), StringComparer.Ordinal),
            Target = target,
        };
    }

    private sealed record Case(byte QualityOfService, bool IsVersion5, int Batch);
}
