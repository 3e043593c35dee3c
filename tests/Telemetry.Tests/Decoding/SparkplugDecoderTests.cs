using SmartCity.Contracts;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Decoding.Sparkplug;
using static SmartCity.Telemetry.Tests.Decoding.SparkplugSteps;

namespace SmartCity.Telemetry.Tests.Decoding;

public sealed class SparkplugDecoderTests
{
    private static readonly DateTimeOffset At = TestDecoders.Now;
    private readonly TestDecoders _decoders = new();

    [Fact]
    public void Birth_WhenItComes_StoresItsNumbersUnderOurNamesAndTheNodeIsOnline()
    {
        var decoded = Send(SparkplugTopic.NodeBirth, Birth(At));

        decoded.Faults.ShouldBeEmpty();
        decoded.ConnectionStatus.ShouldBe("online");
        decoded.NeedsRebirth.ShouldBeFalse();
        Values(decoded).ShouldBe([("River.water.level", 3.3), ("counter", -5), ("door.open", 1)]);
        decoded.Measurements.ShouldAllBe(measurement => measurement.At == At);
    }

    [Fact]
    public void Data_WhenTheyNameByAlias_AreTheMetricsOfTheBirth()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));

        var decoded = Send(SparkplugTopic.NodeData, Payload(1, At, Aliased(1, AsFloat, 3.5), Aliased(2, AsInt32, -6), Aliased(3, AsBoolean, 0)));

        decoded.Faults.ShouldBeEmpty();
        Values(decoded).ShouldBe([("River.water.level", 3.5), ("counter", -6), ("door.open", 0)]);
    }

    [Fact]
    public void Sequence_WhenItRunsOver_BeginsAgainWithoutAFault()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));

        for (var sequence = 1; sequence <= 600; sequence++)
        {
            Send(SparkplugTopic.NodeData, Payload((ulong)(sequence % 256), At, Aliased(2, AsInt32, 1))).Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Data_WhenAMessageWasLost_AreStoredAndTheNodeIsAskedOnceAMinute()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));

        var gap = Send(SparkplugTopic.NodeData, Payload(3, At, Aliased(1, AsFloat, 4)));
        var next = Send(SparkplugTopic.NodeData, Payload(4, At, Aliased(1, AsFloat, 5)));
        var secondGap = Send(SparkplugTopic.NodeData, Payload(9, At, Aliased(1, AsFloat, 6)));
        var later = Send(SparkplugTopic.NodeData, Payload(99, At, Aliased(1, AsFloat, 7)), now: At.AddMinutes(1));

        Values(gap).ShouldBe([("River.water.level", 4)]);
        gap.Faults.ShouldHaveSingleItem().Code.ShouldBe("sparkplug-sequence");
        gap.Faults[0].Message.ShouldContain("seq is 3 where 1 was due");
        gap.NeedsRebirth.ShouldBeTrue();
        next.Faults.ShouldBeEmpty();
        (secondGap.Faults.Count, secondGap.NeedsRebirth).ShouldBe((1, false));
        later.NeedsRebirth.ShouldBeTrue();
    }

    [Fact]
    public void Data_WhenNoBirthWasSeen_AreRefusedUnlessTheySayThemselvesWhatTheyAre()
    {
        var decoded = Send(SparkplugTopic.NodeData, Payload(7, At, Aliased(1, AsFloat, 4), new SparkplugMetric { Name = "level", Datatype = AsDouble, DoubleValue = 2 }));

        Values(decoded).ShouldBe([("level", 2)]);
        decoded.Faults.Select(fault => fault.Code).ShouldBe(["sparkplug-unborn", "sparkplug-unborn"]);
        decoded.NeedsRebirth.ShouldBeTrue();
    }

    [Fact]
    public void Birth_WhenItComesAgain_ForgetsTheAliasesFromBefore()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));
        Send(SparkplugTopic.NodeBirth, Payload(0, At, BirthDeath(1), Defined("a", 2, AsDouble, 1)));

        Values(Send(SparkplugTopic.NodeData, Payload(1, At, Aliased(2, AsDouble, 8)))).ShouldBe([("a", 8)]);
        Send(SparkplugTopic.NodeData, Payload(2, At, Aliased(1, AsFloat, 8))).Faults.ShouldHaveSingleItem().Code.ShouldBe("sparkplug-unborn");
    }

    [Fact]
    public void SubDevice_WhenItIsBorn_StandsBeforeItsMetricsAndCountsWithTheNode()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));

        var born = Send(SparkplugTopic.DeviceBirth, Payload(1, At, Defined("flow/now", 10, AsDouble, 7)), "Pump 1");
        var data = Send(SparkplugTopic.DeviceData, Payload(2, At, Aliased(10, AsDouble, 8)), "Pump 1");
        var node = Send(SparkplugTopic.NodeData, Payload(3, At, Aliased(2, AsInt32, 1)));

        Values(born).ShouldBe([("Pump.1.flow.now", 7)]);
        Values(data).ShouldBe([("Pump.1.flow.now", 8)]);
        new[] { born, data, node }.ShouldAllBe(decoded => decoded.Faults.Count == 0);
        born.ConnectionStatus.ShouldBeNull();
    }

    [Fact]
    public void SubDevice_WhenItDied_ItsDataAskForItsBirth()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));
        Send(SparkplugTopic.DeviceBirth, Payload(1, At, Defined("flow", 10, AsDouble, 7)), "pump");
        Send(SparkplugTopic.DeviceDeath, Payload(2, At), "pump").Faults.ShouldBeEmpty();

        var decoded = Send(SparkplugTopic.DeviceData, Payload(3, At, Aliased(10, AsDouble, 8)), "pump");

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults[0].Message.ShouldContain("'pump'");
        decoded.NeedsRebirth.ShouldBeTrue();
    }

    [Fact]
    public void Death_WhenItIsOfTheSession_TheNodeIsOffline()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At, birthDeath: 4));

        Send(SparkplugTopic.NodeDeath, Payload(null, At, BirthDeath(4))).ConnectionStatus.ShouldBe("offline");
        Send(SparkplugTopic.NodeDeath, Payload(null, At, BirthDeath(4))).ConnectionStatus.ShouldBeNull();
        Send(SparkplugTopic.NodeData, Payload(1, At, Aliased(1, AsFloat, 1))).Faults.ShouldHaveSingleItem().Code.ShouldBe("sparkplug-unborn");
    }

    [Fact]
    public void Death_WhenItIsOfAnEarlierSession_ChangesNothing()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At, birthDeath: 5));

        Send(SparkplugTopic.NodeDeath, Payload(null, At, BirthDeath(4))).ConnectionStatus.ShouldBeNull();
        Send(SparkplugTopic.NodeData, Payload(1, At, Aliased(1, AsFloat, 1))).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Death_WhenNothingIsKnownOfTheNode_ItIsOffline()
        => Send(SparkplugTopic.NodeDeath, Payload(null, At, BirthDeath(9))).ConnectionStatus.ShouldBe("offline");

    // Sparkplug 3.0 section 6.4.16: signed integers are two's complement in unsigned fields.
    [Theory]
    [InlineData(1u, 0xFFu, -1)]
    [InlineData(1u, 0xFFFFFF80u, -128)]
    [InlineData(2u, 0xFFFEu, -2)]
    [InlineData(3u, 0xFFFFFFFDu, -3)]
    [InlineData(5u, 0xFFu, 255)]
    [InlineData(6u, 0xFFFFu, 65535)]
    [InlineData(7u, 0xFFFFFFFFu, 4294967295)]
    public void Integer_WhenItIsOfAType_HasItsSign(uint datatype, uint bits, double expected)
        => Send(SparkplugTopic.NodeBirth, Payload(0, At, new SparkplugMetric { Name = "a", Datatype = datatype, IntValue = bits }))
            .Measurements.ShouldHaveSingleItem().Value.ShouldBe(expected);

    [Theory]
    [InlineData(4u, ulong.MaxValue, -1)]
    [InlineData(8u, ulong.MaxValue, 18446744073709551615d)]
    [InlineData(7u, 4294967295, 4294967295)]
    public void LongInteger_WhenItIsOfAType_HasItsSign(uint datatype, ulong bits, double expected)
        => Send(SparkplugTopic.NodeBirth, Payload(0, At, new SparkplugMetric { Name = "a", Datatype = datatype, LongValue = bits }))
            .Measurements.ShouldHaveSingleItem().Value.ShouldBe(expected);

    [Fact]
    public void Value_WhenItIsNullOrTransient_IsAGap()
    {
        var decoded = Send(SparkplugTopic.NodeBirth, Payload(0, At,
            new SparkplugMetric { Name = "a", Datatype = AsDouble, IsNull = true },
            new SparkplugMetric { Name = "b", Datatype = AsDouble, IsTransient = true, DoubleValue = 1 }));

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Value_WhenItIsHistorical_HasItsOwnTimeOrNone()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));
        var old = Aliased(1, AsFloat, 2);
        (old.IsHistorical, old.Timestamp) = (true, (ulong)At.AddHours(-3).ToUnixTimeMilliseconds());
        var timeless = Aliased(2, AsInt32, 2);
        timeless.IsHistorical = true;

        var decoded = Send(SparkplugTopic.NodeData, Payload(1, At, old, timeless));

        decoded.Measurements.ShouldHaveSingleItem().At.ShouldBe(At.AddHours(-3));
        decoded.Faults.ShouldHaveSingleItem().Code.ShouldBe("time-malformed");
    }

    [Fact]
    public void Value_WhenItIsNotFiniteOrNoNumber_IsRefused()
    {
        Send(SparkplugTopic.NodeBirth, Birth(At));

        var decoded = Send(SparkplugTopic.NodeData, Payload(1, At, Aliased(1, AsFloat, double.NaN), new SparkplugMetric { Alias = 4, StringValue = "x" }));

        decoded.Measurements.ShouldBeEmpty();
        decoded.Faults.Select(fault => fault.Code).ShouldBe(["value-not-a-number", "value-not-a-number"]);
    }

    [Fact]
    public void Name_WhenTwoBecomeOneOrItCantBeOurs_IsRefused()
    {
        var decoded = Send(SparkplugTopic.NodeBirth, Payload(0, At, Defined("a b", 1, AsDouble, 1), Defined("a/b", 2, AsDouble, 2), Defined("水位", 3, AsDouble, 3), Defined("1", 4, AsDouble, 4)));

        Values(decoded).ShouldBe([("a.b", 1)]);
        decoded.Faults.Count.ShouldBe(3);
        decoded.Faults.ShouldAllBe(fault => fault.Code == "metric-name-malformed");
    }

    [Fact]
    public void Payload_WhenItIsNoProtobufOrCompressed_IsMalformed()
    {
        Send(SparkplugTopic.NodeBirth, [0x12, 0xff, 0xff, 0xff, 0xff, 0x0f]).Faults.ShouldHaveSingleItem().Code.ShouldBe("payload-malformed");
        var compressed = new SparkplugPayload { Uuid = "SPBV1.0_COMPRESSED" };
        Send(SparkplugTopic.NodeBirth, Google.Protobuf.MessageExtensions.ToByteArray(compressed)).Faults.ShouldHaveSingleItem().Message.ShouldContain("ompress");
    }

    [Fact]
    public void Sessions_WhenNodesHaveTooManyMetricsTogether_ForgetThoseNotHeardOfForLongest()
    {
        var most = Enumerable.Range(0, SparkplugSession.MostMetrics).Select(number => new SparkplugMetric { Name = $"m{number}", Datatype = AsDouble }).ToArray();
        var birth = Payload(0, At, most);

        for (var node = 0; node < 45; node++)
        {
            _decoders.Decode(birth, source: TestDecoders.Node(SparkplugTopic.NodeBirth, device: $"node-{node}")).Faults.ShouldBeEmpty();
        }

        _decoders.Sessions.Count.ShouldBe(40);
        var first = _decoders.Decode(Payload(1, At), source: TestDecoders.Node(SparkplugTopic.NodeData, device: "node-0"));
        first.Faults.ShouldHaveSingleItem().Code.ShouldBe("sparkplug-unborn");
    }

    private DecodedPayload Send(string messageType, byte[] payload, string? subDevice = null, DateTimeOffset? now = null)
        => _decoders.Decode(payload, source: TestDecoders.Node(messageType, subDevice), now: now);

    private static IEnumerable<(string, double)> Values(DecodedPayload decoded) => decoded.Measurements.Select(measurement => (measurement.Metric, measurement.Value));
}
