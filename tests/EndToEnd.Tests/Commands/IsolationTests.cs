using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Commands;

public sealed partial class IsolationTests
{
    [Fact]
    public async Task Isolate_WhenAServiceIsKilled_ItComesBackAndNothingIsLost()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator", "--isolate");
        await using var device = await DeviceClient.ConnectAsync(host.File, "river-katakai-1");
        await using var stream = await AlertStream.OpenAsync(host.Http, "162043");

        // Telemetry is dead while the level is published: the broker keeps it, the restarted service takes it in.
        using (var telemetry = Process.GetProcessById(ProcessIdOf("telemetry", host.Output)))
        {
            telemetry.Kill();
            await telemetry.WaitForExitAsync();
        }

        await device.PublishLevelAsync(3.42);

        (await stream.NextAsync()).Alert.MsgType.ShouldBe("Alert");
        var children = new[] { "telemetry", "alerts", "portal", "gateway" }.Select(service => ProcessIdOf(service, host.Output)).ToArray();
        (await host.StopAsync()).ShouldBe(0);
        children.ShouldAllBe(child => !Directory.Exists($"/proc/{child.ToString(CultureInfo.InvariantCulture)}"));
    }

    [Fact]
    public async Task Isolate_WhenTheHostIsKilled_NoChildIsLeftBehind()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator", "--isolate");
        var children = new[] { "telemetry", "alerts", "portal", "gateway" }.Select(service => ProcessIdOf(service, host.Output)).ToArray();

        await host.KillAsync();

        await Wait.UntilAsync(
            _ => Task.FromResult(children.Where(child => Directory.Exists($"/proc/{child.ToString(CultureInfo.InvariantCulture)}")).ToList()),
            left => left.Count == 0);
    }

    private static int ProcessIdOf(string service, string output)
        => int.Parse(StartedLine().Matches(output).Last(match => match.Groups["service"].Value == service).Groups["id"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?<service>[a-z]+) runs as process (?<id>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex StartedLine();
}
