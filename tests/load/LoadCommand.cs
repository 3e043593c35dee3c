using System.CommandLine;
using SmartCity.Load.Alerts;
using SmartCity.Load.Connections;
using SmartCity.Load.Events;
using SmartCity.Load.Gateway;
using SmartCity.Load.Grains;
using SmartCity.Load.Ingest;
using SmartCity.Load.Processes;
using SmartCity.Load.Registry;
using SmartCity.Load.Relay;
using SmartCity.Load.Reporting;
using SmartCity.Load.Transit;

namespace SmartCity.Load;

/// <summary>The command line: one subcommand for each thing that is measured.</summary>
internal static class LoadCommand
{
    private static readonly string[] Parts = ["relay", "connections", "grains", "events"];

    public static RootCommand Create()
    {
        var root = new RootCommand("Measures SmartCity on this machine. Load is bounded in count and time and goes to this machine only. Build with -c Release.")
        {
            Engine(),
            GatewayOnly(),
            RegistryOnly(),
            IngestOnly(),
            AlertsOnly(),
            TransitOnly(),
        };
        root.Subcommands.Add(BrokerProcess.Command());
        root.Subcommands.Add(SidecarProcess.Command());
        root.Subcommands.Add(GatewayProcess.Command());
        root.Subcommands.Add(YarpProcess.Command());
        root.Subcommands.Add(IngestProcess.Command());
        root.Subcommands.Add(PageFleet.Command());
        root.Subcommands.Add(Receiver.Command());
        return root;
    }

    private static Command Engine()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each figure is measured, after its warm-up", DefaultValueFactory = _ => 4 };
        var rounds = new Option<int>("--rounds") { Description = "How often each figure is measured, in turn with its peers; the median counts", DefaultValueFactory = _ => 3 };
        var peers = new Option<bool>("--peers") { Description = "Measure mosquitto and aedes in the same run, where they are installed", DefaultValueFactory = _ => true };
        var only = new Option<string?>("--only") { Description = "Only one part: " + string.Join(", ", Parts) };
        only.AcceptOnlyFromAmong(Parts);
        Bound(seconds, 1, 60);
        Bound(rounds, 1, 20);
        var command = new Command("engine", "The embedded engine: broker relay and idle connections beside mosquitto and aedes, grain calls, durable pub/sub")
        {
            seconds, rounds, peers, only,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new LoadOptions(arguments.GetValue(seconds), arguments.GetValue(rounds), arguments.GetValue(peers), arguments.GetValue(only)), cancellationToken));
        return command;
    }

    private static Command GatewayOnly()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each figure is measured", DefaultValueFactory = _ => 4 };
        var rounds = new Option<int>("--rounds") { Description = "How often each figure is measured, in turn with nginx; the median counts", DefaultValueFactory = _ => 3 };
        var peers = new Option<bool>("--peers") { Description = "Measure nginx, and YARP alone, in the same run", DefaultValueFactory = _ => true };
        var only = new Option<string?>("--only") { Description = "Only one part: " + string.Join(", ", GatewayBenchmark.Parts) };
        only.AcceptOnlyFromAmong(GatewayBenchmark.Parts);
        Bound(seconds, 1, 60);
        Bound(rounds, 1, 20);
        var command = new Command("gateway", "The gateway beside nginx: proxied, from memory, and a reload of a thousand towns under load") { seconds, rounds, peers, only };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var report = new Report("gateway");
            var options = new LoadOptions(arguments.GetValue(seconds), arguments.GetValue(rounds), arguments.GetValue(peers), arguments.GetValue(only));
            if (!await GatewayBenchmark.RunAsync(options, report, cancellationToken))
            {
                return 1;
            }

            report.Print();
            return 0;
        });
        return command;
    }

    private static Command RegistryOnly()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often; the median counts", DefaultValueFactory = _ => 3 };
        Bound(rounds, 1, 19);
        var command = new Command("registry", "The registry: ten thousand devices by one CSV file, with their keys") { rounds };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var report = new Report("registry");
            await RegistryBenchmark.RunAsync(new LoadOptions(0, arguments.GetValue(rounds), Peers: false, Only: null), report, cancellationToken);
            report.Print();
            return 0;
        });
        return command;
    }

    private static Command IngestOnly() => OfParts(
        "ingest", "Sensor data from MQTT to durable: a thousand devices, broker, grains, rules and store on this machine", IngestBenchmark.Parts, IngestBenchmark.RunAsync);

    private static Command AlertsOnly() => OfParts(
        "alerts", "Alerts: from the reading to open pages and subscriptions, bulletins, areas; on the one-machine host", AlertsBenchmark.Parts, AlertsBenchmark.RunAsync);

    private static Command TransitOnly() => OfParts("transit", "Transit: journeys on generated networks, and import, journeys and departures of the one-machine host over HTTP", TransitBenchmark.Parts, TransitBenchmark.RunAsync);

    private static Command OfParts(string name, string description, string[] parts, Func<LoadOptions, Report, CancellationToken, Task> run)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each figure is measured, after its warm-up", DefaultValueFactory = _ => 10 };
        var rounds = new Option<int>("--rounds") { Description = "How often each figure is measured; the median counts", DefaultValueFactory = _ => 3 };
        var peers = new Option<bool>("--peers") { Description = "Measure what a town would otherwise put together in the same run", DefaultValueFactory = _ => true };
        var only = new Option<string?>("--only") { Description = "Only one part: " + string.Join(", ", parts) };
        only.AcceptOnlyFromAmong(parts);
        Bound(seconds, 1, 3600);
        Bound(rounds, 1, 20);
        var command = new Command(name, description) { seconds, rounds, peers, only };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var report = new Report(name);
            await run(new LoadOptions(arguments.GetValue(seconds), arguments.GetValue(rounds), arguments.GetValue(peers), arguments.GetValue(only)), report, cancellationToken);
            report.Print();
            return 0;
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var report = new Report("engine");
        if (options.Wants("relay"))
        {
            await RelayBenchmark.RunAsync(options, report, cancellationToken);
        }

        if (options.Wants("connections"))
        {
            await ConnectionsBenchmark.RunAsync(options, report, cancellationToken);
        }

        if (options.Wants("grains"))
        {
            await GrainBenchmark.RunAsync(options, report, cancellationToken);
        }

        if (options.Wants("events"))
        {
            await EventBenchmark.RunAsync(options, report, cancellationToken);
        }

        report.Print();
        return 0;
    }

    private static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
        {
            result.AddError($"{option.Name} is {least} to {most}.");
        }
    });
}
