using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.ServiceDefaults.Tests.Payloads;

public sealed class PayloadPathTests
{
    [Theory]
    [InlineData("$.a.b_1", "a|b_1")]
    [InlineData("$['a']['b c']", "a|b c")]
    [InlineData("$[\"it's\"].x", "it's|x")]
    [InlineData(@"$['it\'s \\ so']", @"it's \ so")]
    [InlineData("$[0][-1].a", "#0|#-1|a")]
    [InlineData("$.values.*", "values|*")]
    [InlineData("$[*].level", "*|level")]
    [InlineData("$.水位", "水位")]
    public void TryParse_WhenThePathIsGood_GivesItsSteps(string text, string steps)
    {
        PayloadPath.TryParse(text, out var path, out _).ShouldBeTrue();

        string.Join('|', path.Steps.ToArray().Select(step => step.Name ?? (step.IsAll ? "*" : "#" + step.Index))).ShouldBe(steps);
        path.HasWildcard.ShouldBe(steps.Contains('*', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "begin with '$'")]
    [InlineData("a.b", "begin with '$'")]
    [InlineData("$", "nowhere")]
    [InlineData("$.", "no name")]
    [InlineData("$.1a", "no name")]
    [InlineData("$.a-b", "'-' at character 4")]
    [InlineData("$..a", "'..' at character 2")]
    [InlineData("$.a[1:2]", "'[1:2]' at character 4")]
    [InlineData("$.a[?@.b]", "only a name in quotes, an index or *")]
    [InlineData("$['a','b']", "without its ']'")]
    [InlineData("$['a", "does not end")]
    [InlineData("$[0", "without its ']'")]
    [InlineData("$[+1]", "'[+1]'")]
    [InlineData("$[99999999999]", "an index")]
    [InlineData("$.*.*", "more than one '*'")]
    [InlineData("$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a", "more than 16 steps")]
    public void TryParse_WhenThePathIsNot_SaysWhatIsWrongAndWhatWouldBeRight(string text, string fault)
    {
        PayloadPath.TryParse(text, out _, out var said).ShouldBeFalse();

        said.ShouldContain(fault);
        said.ShouldContain("a path is like $");
    }

    [Theory]
    [InlineData("waterLevelMetres", "waterLevelMetres")]
    [InlineData("Tank 1/Level", "Tank.1.Level")]
    [InlineData("/a//b/", "a.b")]
    [InlineData("a.水位.b", "a.b")]
    [InlineData("水位", "")]
    [InlineData(".a.", "a")]
    [InlineData("a..b", "a.b")]
    [InlineData("", "")]
    public void Fold_WhenANameIsOfAnotherScheme_IsOneOfOurs(string name, string folded) => MetricName.Fold(name).ShouldBe(folded);

    [Fact]
    public void Fold_WhenANameIsLongerThanAll_IsNoValidName() => MetricName.IsValid(MetricName.Fold(new string('a', 1_000_000) + " ")).ShouldBeFalse();

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b-c_d9", true)]
    [InlineData("", false)]
    [InlineData("9a", false)]
    [InlineData("a b", false)]
    [InlineData("a123456789018", false)]
    public void IsValid_WhenItIsAMetricsName_IsTrue(string name, bool expected) => MetricName.IsValid(name).ShouldBe(expected);
}
