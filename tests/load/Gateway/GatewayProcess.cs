using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SmartCity.Gateway;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Gateway;

/// <summary>Our gateway in a process of its own: identity, limits and the access log as a town has them.</summary>
internal sealed class GatewayProcess : ChildProcess
{
    private GatewayProcess(Uri backend, string folder) : base(Alone(Self("gateway-process", "--backend", backend.ToString(), "--folder", folder)))
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Of a person of the town.</summary>
    public string Token { get; private set; } = "";

    public static async Task<GatewayProcess> StartAsync(Uri backend, string folder)
    {
        var gateway = new GatewayProcess(backend, folder);
        gateway.Address = new Uri(await gateway.ReadLineAsync());
        gateway.Token = await gateway.ReadLineAsync();
        return gateway;
    }

    /// <summary>Has every service of every town changed at once.</summary>
    /// <returns>Milliseconds until all of them were in force.</returns>
    public async Task<double> ReloadAsync() => double.Parse(await AskAsync("reload"), CultureInfo.InvariantCulture);

    /// <summary>As <c>gateway/Program.cs</c> sets it for a process that is a gateway and nothing else.</summary>
    public static ProcessStartInfo Alone(ProcessStartInfo start)
    {
        start.Environment.TryAdd(InlineSockets.Variable, InlineSockets.On);
        // Its default, which the benchmark's own process has off.
        start.Environment.TryAdd("DOTNET_TieredPGO", "1");
        return start;
    }

    /// <summary>The child's side: says its address and a token, then serves until its standard input ends.</summary>
    public static Command Command()
    {
        var backend = new Option<string>("--backend") { Required = true };
        var folder = new Option<string>("--folder") { Required = true };
        var command = new Command("gateway-process", "Our gateway, for the benchmarks") { backend, folder };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var gateway = await MeasuredGateway.StartAsync(arguments.GetRequiredValue(backend), arguments.GetRequiredValue(folder), cancellationToken);
            Console.WriteLine(gateway.Address);
            Console.WriteLine(gateway.Token);
            while (await Console.In.ReadLineAsync(cancellationToken) is not null)
            {
                Console.WriteLine(gateway.Reload().TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
            }
        });
        return command;
    }
}
