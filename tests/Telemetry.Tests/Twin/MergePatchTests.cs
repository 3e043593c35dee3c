using System.Text.Json.Nodes;
using SmartCity.Telemetry.Twin;

namespace SmartCity.Telemetry.Tests.Twin;

public sealed class MergePatchTests
{
    // The examples of RFC 7396 appendix A.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Apply_WhenAsInTheStandardsExamples_GivesTheirResults(string target, string patch, string expected)
    {
        var (given, change) = (JsonNode.Parse(target), JsonNode.Parse(patch));

        JsonNode.DeepEquals(MergePatch.Apply(given, change), JsonNode.Parse(expected)).ShouldBeTrue();

        (given?.ToJsonString(), change?.ToJsonString() ?? "null").ShouldBe((JsonNode.Parse(target)?.ToJsonString(), JsonNode.Parse(patch)?.ToJsonString() ?? "null"));
    }
}
