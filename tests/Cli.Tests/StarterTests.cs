using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Cli.Tests;

public sealed class StarterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("starter-").FullName;

    private string Manifest => Path.Combine(_folder, "municipality.yaml");

    [Fact]
    public async Task New_WithAListOfCodes_WritesAManifestWithoutFaults()
    {
        var codes = Path.Combine(_folder, "codes.csv");
        await File.WriteAllTextAsync(codes, "\uFEFFpid,city,citykana,lat,lng,url,phrase,lgcode\n17,七尾市,ななおし,37.04311111,136.9672222,https://example.jp,\"港, 温泉\",172022\n");

        (await Typed.RunAsync("onboard", "new", "172022", "--out", Manifest, "--codes", codes)).ExitCode.ShouldBe(ExitCodes.Done);

        var text = await File.ReadAllTextAsync(Manifest);
        text.ShouldContain("ja-Hira: \"ななおし\"");
        text.ShouldContain("latitudeDegrees: 37.043111");
        var validated = await Typed.RunAsync("onboard", "validate", Manifest);
        validated.ExitCode.ShouldBe(ExitCodes.Done, validated.Output);
    }

    [Fact]
    public async Task New_WritesTheSchemaThatTheFirstLineNames()
    {
        (await Typed.RunAsync("onboard", "new", "172022", "--out", Manifest)).ExitCode.ShouldBe(ExitCodes.Done);

        (await File.ReadAllLinesAsync(Manifest))[0].ShouldBe("# yaml-language-server: $schema=municipality.schema.json");
        (await File.ReadAllTextAsync(Path.Combine(_folder, "municipality.schema.json"))).ShouldBe(MunicipalitySchema.Text);
    }

    [Fact]
    public async Task New_WithoutAList_NamesWhatIsLeftToFillIn()
    {
        (await Typed.RunAsync("onboard", "new", "172022", "--out", Manifest)).ExitCode.ShouldBe(ExitCodes.Done);

        var validated = await Typed.RunAsync("onboard", "validate", Manifest);

        validated.ExitCode.ShouldBe(ExitCodes.Refused);
        validated.Output.ShouldContain("latitudeDegrees is missing");
        validated.Output.ShouldContain("name.ja is missing");
    }

    [Fact]
    public async Task New_WhenTheFileIsThere_LeavesItAlone()
    {
        await File.WriteAllTextAsync(Manifest, "mine");

        (await Typed.RunAsync("onboard", "new", "172022", "--out", Manifest)).ExitCode.ShouldBe(ExitCodes.Usage);

        (await File.ReadAllTextAsync(Manifest)).ShouldBe("mine");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
