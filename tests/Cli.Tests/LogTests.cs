using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.Contracts.Events;

namespace SmartCity.Cli.Tests;

/// <summary>The log of a running registry.</summary>
public sealed class LogTests
{
    private const string Father = "resident-1";

    [Fact]
    public async Task Log_WhenExportedWithItsKeys_VerifiesWithoutTheGateway()
    {
        await using var hall = await TownHall.StartAsync();
        await FillAsync(hall);
        var (file, keys) = (Path.Combine(hall.Folder, "log.ndjson"), Path.Combine(hall.Folder, "keys.json"));

        (await hall.AsOperatorAsync("log", "keys", "--out", keys)).ExitCode.ShouldBe(ExitCodes.Done);
        (await hall.AsOperatorAsync("log", "export", "--out", file)).ExitCode.ShouldBe(ExitCodes.Done);
        var piped = await hall.AsOperatorAsync("log", "export");

        var ran = await Typed.RunAsync("log", "verify", "--file", file, "--keys", keys);
        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Output);
        ran.Output.ShouldContain("Records: 5 (1 to 5). Seals: 1.");
        piped.Output.ShouldStartWith("{\"record\":");
        piped.Output.TrimEnd().Split('\n')[^1].ShouldStartWith("{\"head\":");
        var again = await hall.AsOperatorAsync("log", "export", "--out", file);
        again.ExitCode.ShouldBe(ExitCodes.Usage);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Verify_WhenTheRegistryIsAsked_WarnsOfKeysThatComeFromItself()
    {
        await using var hall = await TownHall.StartAsync();
        await FillAsync(hall);
        var day = hall.Clock.GetUtcNow().AddHours(9).ToString("yyyy-MM-dd", null);

        var whole = await hall.AsOperatorAsync("log", "verify");
        var part = await hall.AsOperatorAsync("log", "verify", "--from", day, "--to", day);

        whole.ExitCode.ShouldBe(ExitCodes.Done, whole.Output + whole.Error);
        whole.Error.ShouldContain("same registry");
        part.ExitCode.ShouldBe(ExitCodes.Done, part.Output + part.Error);
        part.Output.ShouldContain("(4 to 6)");
    }

    [Theory]
    [InlineData("UPDATE exchange_record SET body = replace(body, 'doctor-1', 'doctor-2') WHERE sequence = 2", "record-altered")]
    [InlineData("DELETE FROM exchange_record WHERE sequence = 2", "record-missing")]
    [InlineData("DELETE FROM exchange_record WHERE sequence <= 3; DELETE FROM exchange_record WHERE sequence < 4", "record-missing")]
    [InlineData("DELETE FROM exchange_seal", "seal-missing")]
    public async Task VerifyAndDoctor_WhenTheDatabaseWasTamperedWith_SaySo(string sql, string code)
    {
        await using var hall = await TownHall.StartAsync();
        await FillAsync(hall);
        await hall.TamperAsync(sql);

        var ran = await hall.AsOperatorAsync("log", "verify");
        var doctor = await hall.AsOperatorAsync("doctor");

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Output.ShouldContain(code);
        doctor.ExitCode.ShouldBe(ExitCodes.Refused);
        doctor.Output.ShouldContain("The exchange log is not intact");
    }

    [Fact]
    public async Task Doctor_WhenTheLogIsIntact_SaysHowManyRecords()
    {
        await using var hall = await TownHall.StartAsync();
        await FillAsync(hall);

        (await hall.AsOperatorAsync("doctor")).Output.ShouldContain("intact by the keys that the registry itself names (5 records)");
        (await hall.AsClerkAsync("doctor")).Output.ShouldContain("only operators may read it whole");
    }

    [Fact]
    public async Task Verify_WhenRefusedOrNobodyAnswers_ExitsWithTwo()
    {
        await using var hall = await TownHall.StartAsync();

        var refused = await hall.AsClerkAsync("log", "verify");
        refused.ExitCode.ShouldBe(ExitCodes.Usage);
        refused.Error.ShouldContain("Ask somebody whose role allows it");
        (await Typed.RunAsync("log", "verify", "--gateway", "http://127.0.0.1:9", "--token", "x")).ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task Mine_SaysInPlainWordsWhoDidWhatAndPages()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        await FillAsync(hall);

        var first = await hall.AsResidentAsync(Father, "log", "mine", "--limit", "2", "--language", "en");
        var rest = await hall.AsResidentAsync(Father, "log", "mine", "--limit", "2", "--after", "3", "--language", "en");
        var stranger = await hall.AsResidentAsync("resident-9", "log", "mine");

        first.Output.ShouldContain("a clinician of Nanao read your appointments in the telemedicine service. Purpose: medical care. Result: done.");
        first.Output.ShouldContain("someone whose role is called auditor of municipality 999999 used your data (thing.weigh) in the service called abacus. Purpose: another one, called curiosity. Result: not known (odd).");
        first.Error.ShouldContain("smartcity log mine --after ");
        rest.Error.ShouldNotContain("--after");
        stranger.Output.ShouldBeEmpty();
        stranger.Error.ShouldContain("Nobody has read or written your data");
    }

    [Fact]
    public async Task Mine_InJapanese_SaysTheNameOfTheTown()
    {
        await using var hall = await TownHall.StartAsync();
        await hall.OnboardAsync();
        await FillAsync(hall);

        (await hall.AsResidentAsync(Father, "log", "mine", "--language", "ja")).Output.ShouldContain("医療従事者（七尾市）が遠隔診療サービスで、あなたの予約を読みました。目的：診療。結果：完了。");
    }

    // Three records, a day, and one more.
    private static async Task FillAsync(TownHall hall)
    {
        await hall.RecordAsync(Event("a"));
        await hall.RecordAsync(Event("b"));
        await hall.RecordAsync(Event("c") with { Service = "abacus", Operation = "thing.weigh", Actor = new ExchangeActor("x", "auditor", "999999"), Purpose = "curiosity", Result = "odd" });
        hall.Clock.Advance(TimeSpan.FromDays(1));
        await hall.RecordAsync(Event("d") with { Subject = "resident-2" });
    }

    private static ExchangeRecorded Event(string id) => new()
    {
        EventId = id,
        Municipality = TownHall.Town,
        At = new DateTimeOffset(2026, 7, 1, 10, 30, 0, TimeSpan.FromHours(9)),
        Service = "telemedicine",
        Operation = "appointment.read",
        Actor = new ExchangeActor("doctor-1", "clinician", TownHall.Town),
        Purpose = "care",
        Subject = Father,
        Result = "ok",
    };
}
