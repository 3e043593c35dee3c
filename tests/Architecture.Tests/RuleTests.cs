namespace SmartCity.Architecture.Tests;

public sealed class RuleTests
{
    [Theory]
    [MemberData(nameof(Rules.All), MemberType = typeof(Rules))]
    public void Rule_WhenAppliedToTheRepository_FindsNothing(Rule rule)
        => SourceTree.Files.Select(file => (file.Path, Fault: rule.FaultOf(file))).Where(file => file.Fault is not null).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Rules.All), MemberType = typeof(Rules))]
    public void Rule_WhenAppliedToItsBrokenFixture_FindsIt(Rule rule) => rule.FaultOf(rule.Broken).ShouldNotBeNull();

    [Fact]
    public void SourceTree_WhenRead_HoldsTheWholeRepository()
    {
        SourceTree.Files.Count.ShouldBeGreaterThan(200);
        SourceTree.Files.Select(file => file.Service).Distinct().ShouldContain("telemetry");
    }

    [Fact]
    public void Folders_WhenTheyHoldAProject_ExplainThemselves()
        => SourceTree.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) && !file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file.Path)!)
            .Where(folder => !File.Exists(Path.Combine(SourceTree.Root, folder, "README.md")))
            .ShouldBeEmpty();

    [Fact]
    public void Median_OfShippedFiles_IsBelowSixtyLines()
    {
        var lines = SourceTree.Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => file.Lines).Order().ToArray();
        lines[lines.Length / 2].ShouldBeLessThan(60);
    }
}
