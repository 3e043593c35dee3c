using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Manifests;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Registry.Tests.Manifests;

/// <summary>Whatever ids and names a municipality has, its export is read back as the same municipality, and written again as the same bytes.</summary>
public sealed class ExportPropertyTests
{
    private const string IdCharacters = "abcXYZ019._-";

    /// <summary>What YAML, its writers and Japanese names are known to stumble over.</summary>
    private static readonly string[] Pieces =
    [
        "---", "...", "--- ", "- ", "-", "?", ": ", ":", " #", "#", "'", "\"", "\\", "\\\\", "\\U00020BB7", "\\n", "\\x38", ",", "[", "]", "{", "}", "&a", "*a", "!t", "|", ">", "%", "@", "`",
        "~", "null", "yes", "0x1F", "1e3", "1_000", "007", "12:30", "2026-07-01", "<<", "=", " ", "\u3000", "\u00a0", "\u00e9", "e\u0301", "魚津", "𠮷", "𠮷野", "🏥", "👨‍👩‍👧", "か\u3099", "ｶﾞ", "ー", "・",
        "葛\U000e0100城", "\u200b", "\ufeff", "\u2028", "\u2029", "\u0085", "\ufffd", "\ufffe", "\U0010ffff",
    ];

    [Theory]
    [InlineData("river---", "御祓川")]
    [InlineData("...", "---")]
    [InlineData("---", "---\n")]
    [InlineData("a", "# yaml-language-server: $schema=x\n---\n")]
    public void Export_WhenIdOrNameLooksLikeAMark_ComesBackTheSame(string id, string name) => ShouldComeBack(TownWith([(id, name)]));

    [Theory]
    [InlineData(1)]
    [InlineData(20261129)]
    [InlineData(162043)]
    public void Export_OfGeneratedIdsAndNames_ComesBackTheSame(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            ShouldComeBack(TownWith([.. Enumerable.Range(0, random.Next(1, 6)).Select(number => ($"d{number}{IdOf(random)}", NameOf(random)))]));
        }
    }

    [Theory]
    [InlineData("𠮷野川")]
    [InlineData("𠮷野川 👨 \"川\" \\")]
    [InlineData("葛\U000e0100城")]
    public void Export_WhenAKanjiIsBeyondTheBasicPlane_IsReadableInReview(string name)
    {
        var yaml = ManifestWriter.Write(TownWith([("river-1", name)]));

        yaml.ShouldNotContain("\\U0002");
        yaml.ShouldContain(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        ShouldComeBack(TownWith([("river-1", name)]));
    }

    [Fact]
    public void Export_WhenATextSpellsAnEscape_LeavesItAsItIs()
        => ManifestWriter.Write(TownWith([("river-1", "\\U00020BB7")])).ShouldContain("\"\\\\U00020BB7\"");

    private static void ShouldComeBack(Town town)
    {
        var yaml = ManifestWriter.Write(town);

        var read = ManifestReader.Read(yaml);

        read.Notices.ShouldNotContain(notice => notice.Severity == NoticeSeverity.Error, yaml);
        JsonOf(read.Town!).ShouldBe(JsonOf(town), yaml);
        ManifestWriter.Write(read.Town!).ShouldBe(yaml);
    }

    private static Town TownWith(IReadOnlyList<(string Id, string Name)> devices)
    {
        var town = ManifestReader.Read(Samples.Nanao).Town!;
        return town with
        {
            Devices = [.. devices.Select(device => town.Devices[0] with { Id = device.Id, Name = new LocalizedText { ["ja"] = device.Name, ["en"] = device.Name } })],
        };
    }

    private static string IdOf(Random random)
        => new([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => IdCharacters[random.Next(IdCharacters.Length)]), .. random.Next(4) == 0 ? "---" : ""]);

    private static string NameOf(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string JsonOf(Town town) => JsonSerializer.Serialize(town, CityJson.Options);
}
