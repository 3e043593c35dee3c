using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.Embedded.Mqtt.Broker;

namespace SmartCity.Load.Processes;

/// <summary>Our broker in a process of its own, so that it is measured as its peers are.</summary>
internal sealed class BrokerProcess : ChildProcess, IMeasuredBroker
{
    private readonly string _directory;

    private BrokerProcess(string directory) : base(Self("broker", "--data", directory)) => _directory = directory;

    public string Name => "SmartCity";

    public int Port { get; private set; }

    public static async Task<IMeasuredBroker> StartAsync()
    {
        var broker = new BrokerProcess(Directory.CreateTempSubdirectory("smartcity-load-").FullName);
        broker.Port = int.Parse(await broker.ReadLineAsync(), CultureInfo.InvariantCulture);
        return broker;
    }

    public Task SettleAsync() => AskAsync("collect");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The child's side: says its port, then serves until its standard input ends.</summary>
    public static Command Command()
    {
        var data = new Option<string>("--data") { Required = true };
        var command = new Command("broker", "Our broker, for the benchmarks") { data };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var anybody = new AllowAnonymous();
            var options = new MqttBrokerOptions { Port = 0, DataDirectory = arguments.GetRequiredValue(data) };
            await using var broker = new MqttBroker(options, anybody, anybody, TimeProvider.System, NullLogger<MqttBroker>.Instance);
            await broker.StartAsync(cancellationToken);
            Console.WriteLine(broker.EndPoint.Port);
            while (await Console.In.ReadLineAsync(cancellationToken) is not null)
            {
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                Console.WriteLine("collected");
            }
        });
        return command;
    }
}
