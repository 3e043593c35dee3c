using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SmartCity.Load.Processes;
using Yarp.ReverseProxy.Configuration;

namespace SmartCity.Load.Gateway;

/// <summary>YARP as its documentation sets it up, and nothing else: one route, no identity, no limits, no log.</summary>
internal sealed class YarpProcess : ChildProcess
{
    private YarpProcess(Uri backend) : base(GatewayProcess.Alone(Self("yarp-process", "--backend", backend.ToString())))
    {
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<YarpProcess> StartAsync(Uri backend)
    {
        var yarp = new YarpProcess(backend);
        yarp.Address = new Uri(await yarp.ReadLineAsync());
        return yarp;
    }

    /// <summary>The child's side: says its address, then serves until its standard input ends.</summary>
    public static Command Command()
    {
        var backend = new Option<string>("--backend") { Required = true };
        var command = new Command("yarp-process", "YARP alone, for the benchmarks") { backend };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddReverseProxy().LoadFromMemory(
                [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "/{**rest}" } }],
                [
                    new ClusterConfig
                    {
                        ClusterId = "backend",
                        Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
                        {
                            ["one"] = new() { Address = arguments.GetRequiredValue(backend) },
                        },
                    },
                ]);
            await using var app = builder.Build();
            app.MapReverseProxy();
            await app.StartAsync(cancellationToken);
            Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            await Console.In.ReadToEndAsync(cancellationToken);
        });
        return command;
    }
}
