using System.CommandLine;
using System.Globalization;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Load.Processes;

/// <summary>Our sidecar in a process of its own: one app that publishes, one that subscribes.</summary>
internal sealed class SidecarProcess : ChildProcess
{
    private SidecarProcess(string directory, Uri app)
        : base(Self("sidecar", "--data", directory, "--app", app.ToString()))
    {
    }

    /// <summary>Where the publisher's sidecar listens.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<SidecarProcess> StartAsync(string directory, Uri app)
    {
        var sidecar = new SidecarProcess(directory, app);
        sidecar.Address = new Uri(await sidecar.ReadLineAsync());
        return sidecar;
    }

    /// <summary>The child's side: says its address, then serves until its standard input ends.</summary>
    public static Command Command()
    {
        var data = new Option<string>("--data") { Required = true };
        var app = new Option<Uri>("--app") { Required = true, CustomParser = result => new Uri(result.Tokens[0].Value) };
        var command = new Command("sidecar", "Our sidecar, for the benchmarks") { data, app };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var sidecar = new DaprSidecar(new DaprSidecarOptions
            {
                DataDirectory = arguments.GetRequiredValue(data),
                Apps =
                [
                    new DaprAppOptions { AppId = "publisher" },
                    new DaprAppOptions { AppId = "subscriber", AppAddress = arguments.GetRequiredValue(app) },
                ],
            });
            await sidecar.StartAsync(cancellationToken);
            await sidecar.WaitForAppAsync("subscriber", cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sidecar.AddressOf("publisher")}"));
            while (await Console.In.ReadLineAsync(cancellationToken) is not null)
            {
                // Nothing is asked of a sidecar; the end of the input ends it.
            }
        });
        return command;
    }
}
