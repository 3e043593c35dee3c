using System.Net;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

/// <summary>Staff at the door of a gymnasium, with a phone.</summary>
public sealed class StaffShelterTests
{
    private const string Page = "/172022/staff/shelters";

    [Fact]
    public async Task Set_WhenPressed_SendsStatusCountAndTheVersionThatWasSeenAndSaysWhoSaved()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var answer = await app.SubmitAsync(html, Page + "/A-1", ("peopleNow", "１２"), ("status", "open"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var write = app.Safety.Writes.ShouldHaveSingleItem();
        (write.Call, write.IfMatch, write.IsStaff).ShouldBe(("PUT /api/172022/alerts/shelters/A-1/status", "\"3\"", true));
        (write.Body!["status"]!.GetValue<string>(), write.Body["peopleNow"]!.GetValue<int>()).ShouldBe(("open", 12));
        var words = Html.Words((await app.OpenAsync(answer.Headers.Location!.OriginalString)).Html);
        words.ShouldContain("Saved.");
        words.ShouldContain("by clerk-7, ");
    }

    [Theory]
    [InlineData(412, "shelter-changed-meanwhile", "Somebody else changed it while you were looking")]
    [InlineData(428, "shelter-status-unseen", "Somebody else changed it while you were looking")]
    [InlineData(404, "unknown-shelter", "This shelter is not on the list")]
    public async Task Set_WhenRefused_SaysPlainlyThatNothingWasSavedAndKeepsTheNumber(int status, string code, string words)
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        app.Safety.Refusal = (status, code);
        using var answer = await app.SubmitAsync(html, Page + "/A-1", ("peopleNow", "12"), ("status", "full"));

        ((int)answer.StatusCode).ShouldBe(status);
        var page = await answer.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain("Not saved.");
        Html.Words(page).ShouldContain(words);
        page.ShouldContain("value=\"12\"");
    }

    [Fact]
    public async Task Set_WhenTheNumberIsNone_AsksForOneAndSendsNothing()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var answer = await app.SubmitAsync(html, Page + "/A-1", ("peopleNow", "about 12"), ("status", "full"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        app.Safety.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Set_WithoutTheFormsToken_DoesNothing()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(Page);
        using var answer = await app.PostAsync(Page + "/A-1", ("status", "closed"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        app.Safety.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_WhenSearched_FindsByNameInAnyWidth()
    {
        await using var app = await StartAsync();
        app.Safety.Shelters.Add(Samples.Shelter("ミソギ会館", "open", 5));
        await app.OpenAsync(Page);
        var words = Html.Words((await app.OpenAsync(Page + "?search=みそぎ")).Html);
        words.ShouldContain("ミソギ会館");
        words.ShouldNotContain("中学校");
        Html.Words((await app.OpenAsync(Page + "?search=nowhere")).Html).ShouldContain("No such shelter");
    }

    private static async Task<StaffApp> StartAsync()
    {
        var app = await StaffApp.StartAsync();
        app.Safety.Shelters.Add(Samples.Shelter("中学校", "open", 100) with { Id = "A-1", Version = 3 });
        return app;
    }
}
