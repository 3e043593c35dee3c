using System.Text.Json.Nodes;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Tests.Twin;

public sealed class TwinDeltaTests
{
    [Theory]
    [InlineData("""{"a":1}""", null, """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1.0,"own":true}""", "{}")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":3}""", """{"b":2}""")]
    [InlineData("""{"a":{"b":1,"c":{"d":2,"e":3}}}""", """{"a":{"b":1,"c":{"d":9,"e":3}}}""", """{"a":{"c":{"d":2}}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":5}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", """{"a":[1,2]}""")]
    [InlineData("{}", """{"a":1}""", "{}")]
    public void Between_WhenStatesDiffer_GivesWhatIsWantedAndNotReported(string desired, string? reported, string delta)
        => TwinDelta.Between(JsonNode.Parse(desired)!.AsObject(), reported is null ? null : JsonNode.Parse(reported)!.AsObject()).ToJsonString().ShouldBe(delta);
}
