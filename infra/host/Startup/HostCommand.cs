using System.CommandLine;
using Microsoft.Extensions.Options;
using SmartCity.Host.Broker;
using SmartCity.Host.Isolation;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Startup;

/// <summary>The command line of the host.</summary>
internal static class HostCommand
{
    public static RootCommand Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = $"Where data is kept; it survives a restart. Default: {CityHostOptions.DefaultDataDirectory}" };
        var region = new Option<FileInfo>("--region") { Description = "Region file (YAML or JSON) whose municipalities are set up at the first start. Default: the demo region" };
        var noDemo = new Option<bool>("--no-demo") { Description = "Set up no municipality: onboard your own with smartcity onboard (infra/cli)" };
        var noSimulator = new Option<bool>("--no-simulator") { Description = "Do not play river gauges" };
        var isolate = new Option<bool>("--isolate") { Description = "Run each service as a process of its own that is restarted when it dies" };
        var portBase = new Option<int?>("--port-base")
        {
            Description = "Move all ports: gateway N, MQTT N+1, development N+2, services N+3 to N+8, sidecars N+10 to N+16. 0: the system picks free ones, host.json says which",
        };
        portBase.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or 0 or (>= 1024 and <= 65_500)))
            {
                result.AddError("--port-base is 0 or 1024 to 65500.");
            }
        });

        var root = new RootCommand("SmartCity on one machine: MQTT broker, sidecars, every service, gateway and simulator.")
        {
            data, region, noDemo, noSimulator, isolate, portBase,
        };
        root.SetAction((arguments, cancellationToken) => RunAsync(
            new CityHostOptions
            {
                DataDirectory = arguments.GetValue(data)?.FullName ?? CityHostOptions.DefaultDataDirectory,
                RegionFile = arguments.GetValue(region)?.FullName ?? (arguments.GetValue(noDemo) ? null : CityHostOptions.DefaultRegionFile),
                NoSimulator = arguments.GetValue(noSimulator),
                Isolate = arguments.GetValue(isolate),
                Ports = arguments.GetValue(portBase) switch
                {
                    null => HostPorts.Default,
                    0 => HostPorts.Picked(),
                    { } number => HostPorts.From(number),
                },
            },
            cancellationToken));
        root.Subcommands.Add(BrokerCommand.Create());
        root.Subcommands.Add(ServiceProcess.CreateCommand());
        return root;
    }

    private static async Task<int> RunAsync(CityHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = new CityHost(options);
            await host.StartAsync(cancellationToken);
            await host.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is HostStartException or RegionFileException or PlatformNotSupportedException or IOException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"SmartCity did not start. {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
