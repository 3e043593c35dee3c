using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Interoperability;

/// <summary>Debian's mosquitto clients with our broker, at both versions and every quality of service.</summary>
public sealed class MosquittoClientTests(BrokerProcess broker) : IClassFixture<BrokerProcess>
{
    private const string Subscribe = "/usr/bin/mosquitto_sub";

    public static TheoryData<string, int> Cases { get; } = new()
    {
        { "mqttv311", 0 }, { "mqttv311", 1 }, { "mqttv311", 2 }, { "mqttv5", 0 }, { "mqttv5", 1 }, { "mqttv5", 2 },
    };

    public static TheoryData<string> Versions { get; } = ["mqttv311", "mqttv5"];

    [MosquittoTheory]
    [MemberData(nameof(Cases))]
    public async Task Message_WhenPublished_ArrivesAtItsQuality(string version, int qualityOfService)
    {
        var topic = $"interop/{version}/{qualityOfService}";
        await using var subscriber = new LineReader(Subscribe, "-p", broker.Port("mqtt"), "-V", version, "-q", "2", "-t", "interop/+/+", "-d", "-F", "got %t %q %p");
        await subscriber.UntilAsync("Subscribed");

        await PublishAsync(version, "-q", $"{qualityOfService}", "-t", topic, "-m", "水位 3.42");

        (await subscriber.UntilAsync($"got {topic}")).ShouldBe($"got {topic} {qualityOfService} 水位 3.42");
    }

    [MosquittoTheory]
    [MemberData(nameof(Versions))]
    public async Task Message_WhenRetained_IsThereForALaterSubscriber(string version)
    {
        await PublishAsync(version, "-q", "1", "-r", "-t", $"retained/{version}", "-m", "kept");

        await using var subscriber = new LineReader(Subscribe, "-p", broker.Port("mqtt"), "-V", version, "-t", $"retained/{version}", "-F", "got %r %p");
        (await subscriber.UntilAsync("got")).ShouldBe("got 1 kept");
    }

    [MosquittoTheory]
    [MemberData(nameof(Versions))]
    public async Task Message_WhenSubscriberIsAway_WaitsInItsSession(string version)
    {
        string[] session = ["-p", broker.Port("mqtt"), "-V", version, "-c", "-i", $"away-{version}", "-q", "2", "-t", $"away/{version}", .. version == "mqttv5" ? new[] { "-x", "3600" } : []];
        (await CommandResult.RunAsync(Subscribe, [.. session, "-E"])).ExitCode.ShouldBe(0);
        await PublishAsync(version, "-q", "2", "-t", $"away/{version}", "-m", "first");
        await PublishAsync(version, "-q", "2", "-t", $"away/{version}", "-m", "second");

        var result = await CommandResult.RunAsync(Subscribe, [.. session, "-C", "2"]);

        result.Output.ReplaceLineEndings("\n").ShouldBe("first\nsecond\n", result.Error);
    }

    [MosquittoTheory]
    [MemberData(nameof(Versions))]
    public async Task LastWill_WhenItsClientDies_IsPublished(string version)
    {
        await using var watcher = new LineReader(Subscribe, "-p", broker.Port("mqtt"), "-V", version, "-t", $"will/{version}", "-d", "-F", "got %p");
        await watcher.UntilAsync("Subscribed");
        await using (var dying = new LineReader(Subscribe, "-p", broker.Port("mqtt"), "-V", version, "-t", "will/none", "-d", "--will-topic", $"will/{version}", "--will-payload", "gone"))
        {
            await dying.UntilAsync("Subscribed");
            await dying.KillAsync();
        }

        (await watcher.UntilAsync("got")).ShouldBe("got gone");
    }

    [MosquittoFact]
    public async Task Connection_WhenOverTls_IsTrustedByItsCertificate()
    {
        var result = await CommandResult.RunAsync(Needs.MosquittoPublish,
            ["-h", "localhost", "-p", broker.Port("mqtts"), "--cafile", broker.CertificateFile, "-V", "mqttv5", "-q", "2", "-t", "tls/a", "-m", "x"]);

        result.ExitCode.ShouldBe(0, result.Error);
    }

    [MosquittoFact]
    public async Task Options_WhenVersion5_ReachTheSubscriber()
    {
        await using var subscriber = new LineReader(Subscribe, "-p", broker.Port("mqtt"), "-V", "mqttv5", "-q", "1", "-t", "$share/group/options", "-d", "-F", "got %C %R %D %P %p");
        await subscriber.UntilAsync("Subscribed");

        await PublishAsync("mqttv5", "-q", "1", "-t", "options", "-m", "x",
            "-D", "publish", "content-type", "text/plain", "-D", "publish", "response-topic", "answer", "-D", "publish", "correlation-data", "c1",
            "-D", "publish", "user-property", "town", "162043");

        (await subscriber.UntilAsync("got")).ShouldBe("got text/plain answer c1 town:162043 x");
    }

    private async Task PublishAsync(string version, params string[] arguments)
    {
        var result = await CommandResult.RunAsync(Needs.MosquittoPublish, ["-p", broker.Port("mqtt"), "-V", version, .. arguments]);
        result.ExitCode.ShouldBe(0, result.Error);
    }
}

/// <summary>Tests with Debian's mosquitto clients, several cases each.</summary>
public sealed class MosquittoTheoryAttribute : TheoryAttribute
{
    public MosquittoTheoryAttribute() => Skip = Needs.Missing(Needs.MosquittoPublish)!;
}
