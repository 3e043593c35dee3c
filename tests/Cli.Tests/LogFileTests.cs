using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceTestKit;

namespace SmartCity.Cli.Tests;

/// <summary>An exported file without any gateway. Its lines: records 1 2, seal, records 3 4, seal, records 5 6, head.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly SampleLog _log = SampleLog.Create();
    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    private string File => Path.Combine(_folder, "log.ndjson");

    private string Keys => Path.Combine(_folder, "keys.json");

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("jwks")]
    [InlineData("pem")]
    [InlineData("answer")]
    public async Task Verify_WhenNothingWasTouched_ExitsWithZero(string format)
    {
        var ran = await VerifyAsync(_log.Lines, keys: format switch
        {
            "pem" => _log.PublicKey,
            "answer" => new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = "a", ["publicKeyPem"] = _log.PublicKey }) }.ToJsonString(),
            _ => null,
        });

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Output + ran.Error);
        ran.Output.ShouldContain("The log is intact.");
        ran.Output.ShouldContain("Records: 6 (1 to 6). Seals: 2. Sealed until: 2026-07-02.");
        ran.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("alter 4", "record-altered line 5: Record 4 was altered")]
    [InlineData("drop 3", "record-missing line 4: Missing: record 3.")]
    [InlineData("drop 6", "log-truncated line 8: Missing: record 6;")]
    [InlineData("swap 3", "record-reordered line 5: Record 3 was moved")]
    [InlineData("unseal", "seal-missing line 6: The seal of the day that holds record 4 is missing")]
    [InlineData("cut", "head-missing end: The log has no good head: its end, from record 5")]
    [InlineData("tail", "log-truncated line 7: Missing: record 5–6;")]
    [InlineData("resign", "seal-forged line 6: The seal behind record 4 is not signed by a key that is believed")]
    public async Task Verify_WhenTamperedWith_NamesTheRecordAndExitsWithOne(string attack, string expected)
    {
        using var stranger = SampleLog.Create();
        var lines = _log.Lines.ToList();
        switch (attack)
        {
            case "alter 4": lines[4] = lines[4].Replace("resident-1", "resident-2", StringComparison.Ordinal); break;
            case "drop 3": lines.RemoveAt(3); break;
            case "drop 6": lines.RemoveAt(7); break;
            case "swap 3": (lines[3], lines[4]) = (lines[4], lines[3]); break;
            case "unseal": lines.RemoveAt(5); break;
            case "cut": lines.RemoveRange(6, 3); break;
            case "tail": lines.RemoveRange(6, 2); break;
            case "resign": lines[5] = stranger.Lines[5]; break;
            default: throw new ArgumentOutOfRangeException(nameof(attack));
        }

        var ran = await VerifyAsync(lines);

        ran.ExitCode.ShouldBe(ExitCodes.Refused, ran.Output + ran.Error);
        ran.Output.ShouldContain(expected);
        ran.Output.ShouldContain("NOT intact");
    }

    [Fact]
    public async Task Verify_WhenTheFirstDayWasTakenOut_SaysSoUnlessAPartWasAskedFor()
    {
        _log.Lines.RemoveAt(_log.Lines.Count - 1);
        _log.AddHead(first: 3);
        var rest = _log.Lines.Skip(2).ToList();

        (await VerifyAsync(rest)).Output.ShouldContain("Missing: record 1–2.");
        (await VerifyAsync(rest, null, "--from", "2026-07-02")).ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public async Task Verify_WhenAnEarlierExportHadMoreOrOther_SaysSo()
    {
        var earlier = Path.Combine(_folder, "earlier.ndjson");
        await System.IO.File.WriteAllLinesAsync(earlier, _log.Lines);
        using var cut = SampleLog.Create(_log, records: 4);
        using var anew = SampleLog.Create(_log, records: 8, subject: "resident-2");
        using var grown = SampleLog.Create(_log, records: 8);

        (await VerifyAsync(cut.Lines)).ExitCode.ShouldBe(ExitCodes.Done);
        (await VerifyAsync(cut.Lines, null, "--earlier", earlier)).Output.ShouldContain("log-truncated end: Missing: record 5–6;");
        (await VerifyAsync(anew.Lines, null, "--earlier", earlier)).Output.ShouldContain("Record 6 is another than in the earlier export");
        var fine = await VerifyAsync(grown.Lines, null, "--earlier", earlier);
        fine.ExitCode.ShouldBe(ExitCodes.Done, fine.Output);
        (await VerifyAsync(grown.Lines, null, "--earlier", Keys)).ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task Verify_InJapanese_SaysTheSame()
    {
        _log.Lines.RemoveAt(3);

        var ran = await VerifyAsync(_log.Lines, null, "--language", "ja");

        ran.Output.ShouldContain("記録 3 がありません。");
        ran.ExitCode.ShouldBe(ExitCodes.Refused);
    }

    [Fact]
    public async Task Verify_WithJson_WritesTheReportAndNothingElse()
    {
        _log.Lines.RemoveAt(3);

        var fault = JsonNode.Parse((await VerifyAsync(_log.Lines, null, "--json")).Output)!["faults"]!.AsArray().ShouldHaveSingleItem()!;

        ((string?)fault["code"], (long)fault["sequence"]!, (long)fault["line"]!).ShouldBe(("record-missing", 3, 4));
    }

    [Fact]
    public async Task Verify_WhenTheLogIsLong_SaysHowFarItIs()
    {
        using var log = new SampleLog();
        for (var record = 0; record < 20_500; record++)
        {
            log.Add(new DateTimeOffset(2026, 7, 3, 9, 0, 0, TimeSpan.FromHours(9)));
        }

        log.AddHead(first: 1);

        var ran = await VerifyAsync(log.Lines, log.PublicKey);

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Output);
        ran.Error.ShouldBe("10000 records read\n20000 records read\n");
    }

    [Theory]
    [InlineData("--file", "/nowhere/log.ndjson", "There is no file")]
    [InlineData("--from", "yesterday", "is not a day")]
    public async Task Verify_WhenItCannotBeChecked_ExitsWithTwo(string option, string value, string expected)
    {
        await System.IO.File.WriteAllTextAsync(Keys, _log.PublicKey);

        var ran = await Typed.RunAsync("log", "verify", option, value, "--keys", Keys);

        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain(expected);
        ran.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}")]
    [InlineData("no key at all")]
    [InlineData("{")]
    public async Task Verify_WhenTheKeysAreNone_ExitsWithTwo(string keys)
    {
        var ran = await VerifyAsync(_log.Lines, keys);

        ran.ExitCode.ShouldBe(ExitCodes.Usage, ran.Error);
        ran.Error.ShouldContain("no keys that can be used");
    }

    [Fact]
    public async Task Verify_WhenAFileComesWithoutKeys_AsksForThem()
    {
        await System.IO.File.WriteAllLinesAsync(File, _log.Lines);

        var ran = await Typed.RunAsync("log", "verify", "--file", File);

        ran.ExitCode.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("--keys");
    }

    private async Task<Ran> VerifyAsync(IEnumerable<string> lines, string? keys = null, params string[] more)
    {
        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', lines) + "\n");
        await System.IO.File.WriteAllTextAsync(Keys, keys ?? ExchangeKeyFile.ToJwks([_log.PublicKey]));
        return await Typed.RunAsync(["log", "verify", "--file", File, "--keys", Keys, .. more]);
    }
}
