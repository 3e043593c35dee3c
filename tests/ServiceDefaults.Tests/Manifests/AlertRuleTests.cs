using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.ServiceDefaults.Tests.Manifests;

public sealed class AlertRuleTests
{
    private const string Head = """
        code: "172022"
        name: { ja: 七尾市 }
        latitudeDegrees: 37.0431
        longitudeDegrees: 136.9672
        services: [telemetry]
        devices:
          - { id: river-1, kind: river, name: { ja: 一 }, latitudeDegrees: 37.0431, longitudeDegrees: 136.9672 }
          - { id: river-2, kind: river, name: { ja: 二 }, latitudeDegrees: 37.0531, longitudeDegrees: 136.9672 }
          - { id: rain-1, kind: rain, name: { ja: 雨 } }
        rules:
          - { id: high, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3 }

        """;

    private const int FirstLine = 12;

    private const string EveryKind = """
          - { kind: threshold, id: higher, deviceKind: river, metric: waterLevelMetres, raiseAt: 4, clearBelow: 3, minimumDurationSeconds: 120 }
          - { kind: rate, id: fast, deviceKind: river, metric: waterLevelMetres, windowSeconds: 1800, raiseAtPerHour: 0.5, clearBelowPerHour: 0.1 }
          - { kind: silence, id: quiet, deviceKind: river, afterSeconds: 600 }
          - { kind: deviation, id: odd, deviceKind: river, metric: waterLevelMetres, raiseAt: 3, clearBelow: 2, inStandardDeviations: true, minimumDays: 5 }
          - { kind: composite, id: both, deviceKind: river, combine: All, rules: [high, fast] }
          - { kind: zone, id: valley, name: { ja: 谷 }, rule: both, atLeast: 2, devices: [river-1, river-2] }
          - { kind: zone, id: circle, name: { ja: 円 }, rule: high, atLeast: 2, latitudeDegrees: 37.0431, longitudeDegrees: 136.9672, radiusMetres: 2000 }

        """;

    [Fact]
    public void Read_WhenEveryKindIsThere_EachIsItsOwnRecord()
    {
        var read = ManifestReader.Read(Head + EveryKind);

        read.Notices.Where(notice => notice.Severity == NoticeSeverity.Error).ShouldBeEmpty();
        read.Town!.Rules.Select(rule => rule.GetType()).ShouldBe(
            [typeof(ThresholdRule), typeof(ThresholdRule), typeof(RateRule), typeof(SilenceRule), typeof(DeviationRule), typeof(CompositeRule), typeof(ZoneRule), typeof(ZoneRule)]);
        read.Town.Rules[3].ShouldBe(new SilenceRule { Id = "quiet", DeviceKind = "river", AfterSeconds = 600 });
    }

    [Fact]
    public void Write_WhenReadAgain_IsTheSameTextAndAThresholdHasNoKind()
    {
        var rules = ManifestReader.Read(Head + EveryKind).Town!.Rules;

        var text = JsonSerializer.Serialize(rules, CityJson.Options);
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize<IReadOnlyList<AlertRule>>(text, CityJson.Options), CityJson.Options);

        again.ShouldBe(text);
        text.ShouldStartWith("""[{"id":"high","deviceKind":"river","metric":"waterLevelMetres","raiseAt":3.2,"clearBelow":3,"minimumDurationSeconds":0},""");
        text.ShouldContain("""{"kind":"silence","id":"quiet","deviceKind":"river","afterSeconds":600}""");
    }

    [Theory]
    [InlineData("{ kind: flood, id: x }", "value-unknown", "rules[1].kind", 5)]
    [InlineData("{ kind: rate, id: x, deviceKind: river, metric: m, raiseAtPerHour: 1, clearBelowPerHour: 0 }", "field-missing", "rules[1].windowSeconds", 5)]
    [InlineData("{ kind: silence, id: x, deviceKind: river, afterSeconds: 5 }", "value-out-of-range", "rules[1].afterSeconds", 5)]
    [InlineData("{ kind: silence, id: x, deviceKind: river, afterSeconds: 600, raiseAt: 1 }", "field-unknown", "rules[1].raiseAt", 5)]
    [InlineData("{ kind: rate, id: x, deviceKind: river, metric: m, windowSeconds: 600, raiseAtPerHour: 1, clearBelowPerHour: 2 }", "rule-inverted", "rules[1].clearBelowPerHour", 5)]
    [InlineData("{ kind: deviation, id: x, deviceKind: river, metric: m, raiseAt: 3, clearBelow: 2, inStandardDeviations: true, minimumDays: 2 }", "too-few-days", "rules[1].minimumDays", 5)]
    [InlineData("{ kind: composite, id: x, deviceKind: river, combine: All, rules: [nobody] }", "rule-unknown", "rules[1].rules[0]", 5)]
    [InlineData("{ kind: composite, id: x, deviceKind: river, combine: All, rules: [x] }", "rule-in-a-circle", "rules[1].rules", 5)]
    [InlineData("{ kind: composite, id: x, deviceKind: rain, combine: All, rules: [high] }", "rule-of-other-kind", "rules[1].rules[0]", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: x, atLeast: 1, devices: [river-1] }", "rule-cannot-be-member", "rules[1].rule", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: high, atLeast: 1 }", "zone-without-devices", "rules[1]", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: high, atLeast: 3, devices: [river-1, river-2] }", "zone-too-small", "rules[1].atLeast", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: high, atLeast: 1, devices: [nobody] }", "device-unknown", "rules[1].devices[0]", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: high, atLeast: 1, devices: [rain-1] }", "device-of-other-kind", "rules[1].devices[0]", 5)]
    [InlineData("{ kind: zone, id: x, name: { ja: x }, rule: high, atLeast: 2, devices: [river-1, river-1] }", "twice", "rules[1].devices[1]", 5)]
    public void Read_WhenARuleIsWrong_SaysWhereAndWhat(string rule, string code, string field, int leastColumn)
    {
        var notices = ManifestReader.Read($"{Head}  - {rule}\n").Notices;

        var fault = notices.Where(notice => notice.Severity == NoticeSeverity.Error && notice.Code == code).ShouldHaveSingleItem();
        fault.Field.ShouldBe(field);
        fault.Line.ShouldBe(FirstLine);
        fault.Column!.Value.ShouldBeGreaterThanOrEqualTo(leastColumn);
    }

    [Fact]
    public void Read_WhenCompositesNameEachOther_IsRefused()
    {
        var notices = ManifestReader.Read(Head + """
              - { kind: composite, id: a, deviceKind: river, combine: All, rules: [b] }
              - { kind: composite, id: b, deviceKind: river, combine: Any, rules: [high, a] }

            """).Notices;

        notices.Count(notice => notice.Code == "rule-in-a-circle").ShouldBe(2);
    }

    [Fact]
    public void Read_WhenAPolicyAnswersASilence_IsRefused()
    {
        var notices = ManifestReader.Read(Head + """
              - { kind: silence, id: quiet, deviceKind: river, afterSeconds: 600 }
            policies:
              - { ruleId: quiet, level: 3, hazard: flood, action: Publish }

            """).Notices;

        notices.ShouldContain(notice => notice.Code == "policy-of-silence" && notice.Line == 14);
    }

    [Fact]
    public void Read_WhenARuleIsAMember_NeedsNoPolicy()
    {
        var notices = ManifestReader.Read(Head + EveryKind).Notices;

        notices.Where(notice => notice.Code == "rule-without-policy").Select(notice => notice.Field)
            .ShouldBe(["rules[1].id", "rules[4].id", "rules[6].id", "rules[7].id"]);
    }

    [Theory]
    [InlineData("- { id: high, deviceKind: river, metric: m, raiseAt: 2, clearBelow: 3 }", "[0].clearBelow")]
    [InlineData("rules:\n  - { id: high, deviceKind: river, metric: m, raiseAt: 2, clearBelow: 3 }", "rules[0].clearBelow")]
    [InlineData("devices: []", "rules")]
    [InlineData("just words", "")]
    public void RulesAlone_WhenWrong_SayWhere(string text, string field)
    {
        var file = RulesFile.Read(text);

        file.Town.ShouldBeNull();
        file.Notices.ShouldContain(notice => notice.Severity == NoticeSeverity.Error && (notice.Field == field || notice.Field == "rules[0].clearBelow"));
    }

    [Fact]
    public void Read_WhenAnOptionalFieldIsBlank_SaysNothingByIt()
    {
        var read = ManifestReader.Read(Head + """
              - { id: low, deviceKind: river, metric: waterLevelMetres, raiseAt: 2, clearBelow: 1, minimumDurationSeconds: }
            """);

        read.Notices.ShouldNotContain(notice => notice.Severity == NoticeSeverity.Error);
        ((ThresholdRule)read.Town!.Rules[^1]).MinimumDurationSeconds.ShouldBe(0);
        RulesFile.Read("- { id: low, deviceKind: river, metric: m, raiseAt: 2, clearBelow: 1, minimumDurationSeconds: }").Town.ShouldNotBeNull();
    }

    [Fact]
    public void RulesAlone_WhenGood_AreReadWithoutDevices()
        => RulesFile.Read("rules:\n" + EveryKind.Replace("[high, fast]", "[higher, fast]", StringComparison.Ordinal).Replace("rule: high", "rule: higher", StringComparison.Ordinal))
            .Town.ShouldNotBeNull().Rules.Count.ShouldBe(7);
}
