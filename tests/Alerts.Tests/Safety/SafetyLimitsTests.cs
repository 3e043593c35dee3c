using System.Net;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Safety;

/// <summary>A shelter behind one address, and somebody who guesses.</summary>
public sealed class SafetyLimitsTests
{
    private const string Shelter = "203.0.113.7";

    [Fact]
    public async Task Secrets_WhenAWholeShelterAsksFromOneAddress_AreAnswered()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "safe" });
        for (var number = 0; number < 40; number++)
        {
            using var found = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = "words of family " + number }, address: Shelter);
            found.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var mine = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = receipt.Code }, address: Shelter);
            mine.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Codes_WhenManyAreWrong_AreHeldBackForThatAddressAndFamiliesStillSearch()
    {
        await using var app = await SafetyClient.FloodedAsync("--Alerts:Safety:WrongCodesPerMinuteOfAddress=3");
        var receipt = await app.TakenAsync(new { status = "safe" });
        for (var number = 0; number < 3; number++)
        {
            using var wrong = await app.SafetyAsync(HttpMethod.Post, number == 0 ? "/erase" : "/mine", new { code = "00000-0000" + number }, address: Shelter);
            wrong.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // What sidecars add behind makes nobody somebody else.
        using var refused = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = receipt.Code }, address: Shelter + ", 10.0.0.5");
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.TooManyRequests)).ShouldBe("too-many-requests");
        using var found = await app.SafetyAsync(HttpMethod.Post, "/find", new { sharedSecret = "words of a family" }, address: Shelter);
        found.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var other = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = receipt.Code }, address: "203.0.113.8");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await app.SafetyAsync(HttpMethod.Post, "/mine", new { code = receipt.Code }, address: Shelter);
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
