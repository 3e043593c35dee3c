using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Tests.Ingest;

public sealed class TopicSourcesTests : IDisposable
{
    private const string Telemetry = "sc/v1/162043/soil-1/telemetry";
    private readonly TownDirectory _towns = new(TownWith(mapping: null));
    private readonly TopicSources _topics;

    public TopicSourcesTests() => _topics = new TopicSources(_towns);

    public void Dispose() => _topics.Dispose();

    [Fact]
    public void TryFind_WhenTheTopicComesAgain_GivesTheSame()
    {
        _topics.TryFind(Telemetry, out var first, out _).ShouldBeTrue();
        _topics.TryFind(new string(Telemetry), out var second, out _).ShouldBeTrue();

        second.ShouldBeSameAs(first);
    }

    [Fact]
    public void TryFind_WhenTheKindIsGivenAMapping_HasItFromThenOn()
    {
        _topics.TryFind(Telemetry, out var before, out _).ShouldBeTrue();
        before.Payload.Map.ShouldBeNull();

        _towns.Replace([TownWith(new PayloadMapping { Preset = "the-things-stack" })]);

        _topics.TryFind(Telemetry, out var after, out _).ShouldBeTrue();
        _topics.TryFind("sc/v1/162043/soil-2/telemetry", out var other, out _).ShouldBeTrue();
        other.Payload.Map.ShouldNotBeNull().ShouldBeSameAs(after.Payload.Map);
    }

    [Fact]
    public void TryFind_WhenTheTownGoes_SaysSo()
    {
        _topics.TryFind(Telemetry, out _, out _).ShouldBeTrue();

        _towns.Change([], ["162043"]);

        _topics.TryFind(Telemetry, out _, out var stray).ShouldBeFalse();
        stray.Fault.Code.ShouldBe("unknown-municipality");
    }

    [Theory]
    [InlineData("sc/v1/162043/nobody/telemetry", "unknown-device")]
    [InlineData("spBv1.0/162043/NBIRTH/nobody", "unknown-device")]
    [InlineData("spBv1.0/999999/NBIRTH/soil-1", "unknown-municipality")]
    [InlineData("spBv1.0/162043/NCMD/soil-1", "topic-malformed")]
    [InlineData("spBv1.0/162043/DDATA/soil-1", "topic-malformed")]
    [InlineData("spBv1.0/162043/NDATA/soil-1/pump", "topic-malformed")]
    [InlineData("elsewhere", "topic-malformed")]
    public void TryFind_WhenTheTopicIsNobodys_NamesTheFault(string topic, string code)
    {
        _topics.TryFind(topic, out _, out var stray).ShouldBeFalse();

        stray.Fault.Code.ShouldBe(code);
    }

    [Fact]
    public void TryFind_WhenItIsASparkplugTopic_SaysWhichMessageItIs()
    {
        _topics.TryFind("spBv1.0/162043/DDATA/soil-1/Pump 1", out var source, out _).ShouldBeTrue();

        source.Payload.Sparkplug.ShouldBe(new SparkplugTopic("162043", SparkplugTopic.DeviceData, "soil-1", "Pump 1"));
    }

    private static Town TownWith(PayloadMapping? mapping) => new()
    {
        Code = "162043",
        Name = new LocalizedText { ["ja"] = "魚津市" },
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [],
        DeviceKinds = [new DeviceKind { Kind = "soil", Payload = mapping }],
        Devices = [DeviceOf("soil-1"), DeviceOf("soil-2")],
    };

    private static Device DeviceOf(string id) => new() { Id = id, Kind = "soil", Name = new LocalizedText { ["ja"] = id } };
}
