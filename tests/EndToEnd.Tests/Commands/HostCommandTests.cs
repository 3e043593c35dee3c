using System.Net;
using System.Net.Sockets;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Commands;

/// <summary>The host as its operator sees it.</summary>
public sealed class HostCommandTests
{
    [Fact]
    public async Task Start_WhenAPortIsTaken_NamesItAndTheWayOut()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var data = Directory.CreateTempSubdirectory("smartcity-ports-").FullName;

        var result = await CommandResult.RunAsync("dotnet", [HostProcess.Program, "--data", data, "--port-base", port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        Directory.Delete(data, recursive: true);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"{port} (gateway)");
        result.Error.ShouldContain("--port-base");
    }

    [Fact]
    public async Task Start_WhenRegionFileHasFaults_NamesEveryOne()
    {
        var region = Path.GetTempFileName();
        await File.WriteAllTextAsync(region, """
            name: Broken
            municipalities:
              - { code: "162044", name: { en: Uozu }, latitudeDegrees: 136.8, longitudeDegrees: 137.4, services: [],
                  rules: [{ id: a, deviceKind: river, metric: m, raiseAt: 1, clearBelow: 2 }] }
            """);

        var result = await CommandResult.RunAsync("dotnet", [HostProcess.Program, "--region", region, "--port-base", "0"]);

        File.Delete(region);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("check digit");
        result.Error.ShouldContain("name.ja is missing");
        result.Error.ShouldContain("latitudeDegrees is above 90");
        result.Error.ShouldContain("clearBelow is 2, above raiseAt (1)");
    }

    [Fact]
    public async Task Start_WhenDataDirectoryIsInUse_SaysSo()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator");

        var result = await CommandResult.RunAsync("dotnet", [HostProcess.Program, "--data", host.Data, "--port-base", "0"]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("in use by another host");
    }

    [Fact]
    public async Task Broker_WhenNobodySaidWhoMayConnect_RefusesToStart()
    {
        var result = await CommandResult.RunAsync("dotnet", [HostProcess.Program, "broker", "--port", "0", "--tls-port", "0"]);

        result.ExitCode.ShouldNotBe(0);
        result.Error.ShouldContain("--allow-anonymous");
        result.Error.ShouldContain("--certificate");
    }

    [Fact]
    public async Task Stop_WhenTerminated_EndsCleanlyAndDataSurvives()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator");
        string issued;
        await using (var stream = await AlertStream.OpenAsync(host.Http, "162043"))
        await using (var device = await DeviceClient.ConnectAsync(host.File, "river-katakai-1"))
        {
            await device.PublishLevelAsync(3.42);
            issued = (await stream.NextAsync()).Alert.Id;
            (await host.StopAsync()).ShouldBe(0);
        }

        var password = host.File.Device("river-katakai-1").Password;
        await host.RestartAsync();

        host.File.Device("river-katakai-1").Password.ShouldBe(password);
        (await host.Http.GetStringAsync("/api/162043/alerts/active")).ShouldContain(issued);
    }

    [Fact]
    public async Task Flood_WhenOrdered_RaisesAnAlertByItself()
    {
        await using var host = await HostProcess.StartAsync();
        await using var stream = await AlertStream.OpenAsync(host.Http, "163422");

        using var ordered = await host.Http.PostAsync("/dev/flood?device=river-kurobe-1", null);
        ordered.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var (_, alert) = await stream.NextAsync();
        alert.DeviceId.ShouldBe("river-kurobe-1");
        using var unknown = await host.Http.PostAsync("/dev/flood?device=nobody", null);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
