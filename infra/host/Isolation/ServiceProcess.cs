using System.CommandLine;
using SmartCity.Host.Startup;

namespace SmartCity.Host.Isolation;

/// <summary>The hidden command <c>service NAME</c>: one service as a process of its own, configured by environment variables.</summary>
internal static class ServiceProcess
{
    public const string CommandName = "service";

    public static Command CreateCommand()
    {
        var name = new Argument<string>("name");
        var urls = new Option<string>("--urls") { Required = true };
        var command = new Command(CommandName, "Run one service as a child of the host.") { name, urls };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var app = ServiceCatalog.Find(arguments.GetValue(name)!).Build(["--urls", arguments.GetValue(urls)!]);
            await app.StartAsync(cancellationToken);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
            await WaitForParentAsync(stop.Token);
            await app.StopAsync(CancellationToken.None);
            return 0;
        });
        return command;
    }

    /// <summary>
    /// The host holds the other end of standard input: it closes when the host tells us to stop, and also when the
    /// host dies, so that no child is ever left behind with a port.
    /// </summary>
    private static async Task WaitForParentAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64];
        await using var input = Console.OpenStandardInput();
        var ended = Task.Run(async () =>
        {
            while (await input.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Nothing is said over this pipe; only its end counts.
            }
        }, cancellationToken);
        await Task.WhenAny(ended, Task.Delay(Timeout.Infinite, cancellationToken));
    }
}
