using System.Globalization;
using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;

namespace SmartCity.Cli.Tests;

public sealed class ReplayTests : IDisposable
{
    private const string Csv = """
        municipality,device,metric,t,value
        162043,a,waterLevelMetres,2020-07-01T03:00:00Z,1.5
        162043,a,batteryVolts,2020-07-01T03:00:00Z,12.1
        162043,b,waterLevelMetres,2020-07-01T03:00:30Z,2.5
        162043,a,waterLevelMetres,2020-07-01T03:01:00Z,1.6
        """;

    private const string Keys = "id,name_ja,user_name,key,key_id,topic\r\na,一,162043/a,secret-a,1,t\r\nb,二,162043/b,secret-b,2,t\r\n";

    private readonly RecordingFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Replay_WhenLastIsNow_SendsEveryReadingAsItsDeviceMoved()
    {
        await using var broker = await BrokerApp.StartAsync();

        var before = DateTimeOffset.UtcNow;
        var ran = await RunAsync(broker, "--shift", "last");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Error.ShouldContain("The broker took 3 messages");
        ran.Error.ShouldNotContain("secret");
        var messages = await broker.ReceiveAsync(3);
        messages.Select(message => message.Topic).ShouldBe(["sc/v1/162043/a/telemetry", "sc/v1/162043/b/telemetry", "sc/v1/162043/a/telemetry"], ignoreOrder: true);
        var first = messages.Select(message => JsonNode.Parse(message.Payload)!).Single(payload => payload["batteryVolts"] is not null);
        ((double)first["waterLevelMetres"]!).ShouldBe(1.5);
        var last = messages.Select(message => TimeOf(message.Payload)).Max();
        last.ShouldBeInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow);
        TimeOf(messages.Select(message => message.Payload).MinBy(TimeOf)!).ShouldBe(last.AddSeconds(-60));
    }

    [Fact]
    public async Task Replay_WhenStartedAgain_SendsTheSameTimesAndSkipsWhatWasSent()
    {
        await using var broker = await BrokerApp.StartAsync();
        string[] begin = ["--shift", "last", "--begin", "2026-01-01T00:00:00Z"];

        await RunAsync(broker, begin);
        var whole = await broker.ReceiveAsync(3);
        var ran = await RunAsync(broker, [.. begin, "--skip", "2"]);

        ran.Error.ShouldContain("The broker took 1 messages; 2 were skipped.");
        var again = (await broker.ReceiveAsync(4))[3];
        whole.ShouldContain(again);
        TimeOf(again.Payload).ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Replay_WhenPaced_DatesReadingsAsTheyAreSent()
    {
        await using var broker = await BrokerApp.StartAsync();

        (await RunAsync(broker, "--speed", "600")).ExitCode.ShouldBe(ExitCodes.Done);

        var times = (await broker.ReceiveAsync(3)).Select(message => TimeOf(message.Payload)).Order().ToList();
        (times[^1] - times[0]).ShouldBe(TimeSpan.FromSeconds(0.1), TimeSpan.FromMilliseconds(1));
        times[^1].ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Replay_WhenADeviceHasNoKey_SendsNothingAtAll()
    {
        await using var broker = await BrokerApp.StartAsync();

        var ran = await RunWithKeysAsync(broker, Keys.Replace("162043/b", "162043/c", StringComparison.Ordinal), "--shift", "last");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("162043/b");
        broker.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_WhenAKeyIsWrong_SaysWhoseWithoutShowingIt()
    {
        await using var broker = await BrokerApp.StartAsync("162043/a", "secret-a");

        var ran = await RunAsync(broker, "--shift", "last");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("162043/b");
        ran.Error.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Replay_WithTheHostsFile_FindsItsKeys()
    {
        await using var broker = await BrokerApp.StartAsync("162043/a", "secret-a");
        var csv = _files.Write("r.csv", "device,time,waterLevelMetres\na,2026-07-01T03:00:00+09:00,1\n");
        var host = _files.Write("host.json", """{"devices":[{"municipality":"162043","id":"a","userName":"162043/a","password":"secret-a"}]}""");

        var ran = await Typed.RunAsync("replay", csv, "--to", broker.Address, "--key-file", host, "--shift", "none");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Error);
        TimeOf((await broker.ReceiveAsync(1))[0].Payload).ShouldBe(new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9)));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--to", "http://127.0.0.1:1")]
    [InlineData(ExitCodes.Usage, "--speed", "0")]
    [InlineData(ExitCodes.Usage, "--shift", "sideways")]
    [InlineData(ExitCodes.Unreachable, "--to", "mqtt://127.0.0.1:9")]
    public async Task Replay_WhenItCannotBegin_ExitsWith(int expected, string option, string value)
    {
        var ran = await Typed.RunAsync("replay", _files.Write("r.csv", Csv), "--key-file", _files.Write("keys.csv", Keys), option, value);

        ran.ExitCode.ShouldBe(expected, ran.Error);
        ran.Output.ShouldBeEmpty();
    }

    private Task<Ran> RunAsync(BrokerApp broker, params string[] more) => RunWithKeysAsync(broker, Keys, more);

    private Task<Ran> RunWithKeysAsync(BrokerApp broker, string keys, params string[] more)
        => Typed.RunAsync(["replay", _files.Write("r.csv", Csv), "--to", broker.Address, "--key-file", _files.Write("keys.csv", keys), .. more]);

    private static DateTimeOffset TimeOf(string payload)
        => DateTimeOffset.Parse((string)JsonNode.Parse(payload)!["t"]!, CultureInfo.InvariantCulture);
}
