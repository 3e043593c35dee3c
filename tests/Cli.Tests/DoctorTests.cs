using SmartCity.Cli.Startup;
using SmartCity.Cli.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_WhenAllIsWell_SaysSoOfEachCheck()
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await hall.AsClerkAsync("doctor");

        ran.ExitCode.ShouldBe(ExitCodes.Done, ran.Output);
        ran.Output.ShouldContain("answers");
        ran.Output.ShouldContain("clock agrees");
        ran.Output.ShouldContain("database is ready");
        ran.Output.ShouldContain("mean the same");
        ran.Output.ShouldContain("believes the token");
    }

    [Fact]
    public async Task Doctor_WhenTheClockIsWrong_SaysHowFarAndWhatToDo()
    {
        await using var hall = await TownHall.StartAsync();
        var clock = new ShiftedClock();
        clock.Advance(TimeSpan.FromMinutes(2));

        var ran = await Typed.RunAsync(["doctor", "--gateway", hall.Gateway], null, clock: clock);

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Output.ShouldContain("ahead of the gateway's");
        ran.Output.ShouldContain("NTP");
    }

    [Theory]
    [InlineData("not-a-token", "not a JSON Web Token")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4IiwiZXhwIjoxfQ.AAAA", "expired")]
    public async Task Doctor_WhenTheTokenIsNoGood_SaysWhy(string token, string expected)
    {
        await using var hall = await TownHall.StartAsync();

        var ran = await Typed.RunAsync("doctor", "--gateway", hall.Gateway, "--token", token);

        ran.ExitCode.ShouldBe(ExitCodes.Refused);
        ran.Output.ShouldContain(expected);
    }

    [Fact]
    public async Task Doctor_WhenNobodyAnswers_ExitsWithThree()
        => (await Typed.RunAsync("doctor", "--gateway", "http://127.0.0.1:9")).ExitCode.ShouldBe(ExitCodes.Unreachable);
}
