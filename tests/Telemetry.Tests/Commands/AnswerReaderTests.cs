using System.Buffers;
using System.Text;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Downlink;
using SmartCity.Telemetry.Ingest;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>Whatever devices answer, it is read or it is a fault.</summary>
public sealed class AnswerReaderTests
{
    private const int Rounds = 6_000;
    private readonly AnswerReader _reader = new(new TownDirectory(Town()), Options.Create(new IngestOptions()), TimeProvider.System);

    [Theory]
    [InlineData("command-result", """{"id":"0123456789abcdef01234567","outcome":"done","message":"12 \u3042\n"}""")]
    [InlineData("twin-reported", """{"t":"2026-07-01T03:00:00+09:00","version":3,"state":{"a":[1,{"b":null}],"c":{"d":"x\u0041","e":-1.5e3},"f":true}}""")]
    public void Read_WhenPayloadsAreMutated_GivesAnAnswerOrAFaultAndNothingElse(string channel, string payload)
    {
        var random = new Random(20260701);
        for (var round = 0; round < Rounds; round++)
        {
            var answer = Read($"sc/v1/162043/siren-1/{channel}", Mutate(Encoding.UTF8.GetBytes(payload), random)).ShouldNotBeNull();

            (answer.Result is not null || answer.Reported is not null || answer.Fault is not null).ShouldBeTrue($"round {round}");
            (answer.Result?.Message ?? "").ShouldNotContain('\n');
            (answer.Reported is { } reported && TwinBounds.FaultOf(reported.State) is not null).ShouldBeFalse($"round {round}");
        }

        Read($"sc/v1/162043/siren-1/{channel}", Encoding.UTF8.GetBytes(payload))!.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("sc/v1/162043/nobody/command-result", "unknown-device")]
    [InlineData("sc/v1/163422/siren-1/command-result", "unknown-device")]
    [InlineData("sc/v1/162043/siren-1/telemetry", "topic-malformed")]
    [InlineData("elsewhere", "topic-malformed")]
    public void Read_WhenTheTopicIsOfNobody_SaysWhy(string topic, string code)
    {
        _reader.Read(topic, new ReadOnlySequence<byte>("{}"u8.ToArray()), _ => Task.CompletedTask, out var stray).ShouldBeNull();
        stray.Fault.Code.ShouldBe(code);
    }

    [Fact]
    public void Read_WhenAMessageIsLong_KeepsTheOutcomeAndItsBeginning()
        => Read("sc/v1/162043/siren-1/command-result", Encoding.UTF8.GetBytes($$"""{"id":"a","outcome":"failed","message":"{{new string('x', 5_000)}}"}"""))!
            .Result.ShouldBe(new CommandResult("a", IsDone: false, new string('x', 1_000)));

    [Theory]
    [InlineData("command-result", """{"id":"a\u0000","outcome":"done"}""", "command-result-malformed")]
    [InlineData("command-result", """{"id":"\ud800","outcome":"done"}""", "text-not-readable")]
    [InlineData("twin-reported", """{"\ud800":1}""", "twin-reported-malformed")]
    public void Read_WhenATextIsOneThatPostgresDoesNotTake_IsAFault(string channel, string payload, string code)
        => Read("sc/v1/162043/siren-1/" + channel, Encoding.UTF8.GetBytes(payload))!.Fault!.Value.Code.ShouldBe(code);

    [Fact]
    public void Read_WhenAMessageWouldEndWithinACharacter_EndsBeforeIt()
        => Read("sc/v1/162043/siren-1/command-result", Encoding.UTF8.GetBytes($$"""{"id":"a","outcome":"done","message":"{{new string('x', 999)}}😀"}"""))!
            .Result!.Message.ShouldBe(new string('x', 999));

    private DeviceAnswer? Read(string topic, byte[] payload) => _reader.Read(topic, new ReadOnlySequence<byte>(payload), _ => Task.CompletedTask, out _);

    private static byte[] Mutate(byte[] payload, Random random)
    {
        var bytes = payload.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 16), bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, "{}[]\"\\,:0u"u8[random.Next(10)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static Town Town() => new()
    {
        Code = "162043",
        Name = new LocalizedText { ["ja"] = "魚津市" },
        LatitudeDegrees = 36.8,
        LongitudeDegrees = 137.4,
        Services = [],
        Devices = [new Device { Id = "siren-1", Kind = "siren", Name = new LocalizedText { ["ja"] = "サイレン" } }],
    };
}
