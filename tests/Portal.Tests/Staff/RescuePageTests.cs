using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

public sealed class RescuePageTests
{
    private const string Page = "/172022/staff/rescue";

    [Fact]
    public async Task Show_ForAnOfficer_HasNamesNeedsAndWhatWasDone()
    {
        await using var app = await StartAsync();
        var words = Html.Words((await app.OpenAsync(Page)).Html);
        foreach (var text in new[] { "花子", "本町", "090-1111-2222", "Injury or sudden illness", "On the way", "by officer-9", "Who reads it when is recorded", "31" })
        {
            words.ShouldContain(text);
        }
    }

    [Fact]
    public async Task Show_ForAClerk_HasNumbersAndNoNames()
    {
        await using var app = await StartAsync();
        app.Issuer.Role = "clerk";
        var words = Html.Words((await app.OpenAsync(Page)).Html);
        words.ShouldContain("31");
        words.ShouldContain("Names and places are for officers only.");
        words.ShouldNotContain("花子");
    }

    [Fact]
    public async Task Set_WhenPressed_PassesTheVersionAndAConflictIsShownInItsCard()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var done = await app.SubmitAsync(html, Page + "/one", ("status", "done"));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var write = app.Safety.Writes.ShouldHaveSingleItem();
        (write.Call, write.Body!["status"]!.GetValue<string>(), write.Body["version"]!.GetValue<int>()).ShouldBe(("PUT /api/172022/alerts/safety-check/rescue-list/one", "done", 4));

        app.Safety.Refusal = (409, "rescue-changed-meanwhile");
        using var conflict = await app.SubmitAsync(html, Page + "/one", ("status", "done"));
        conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Html.Words(await conflict.Content.ReadAsStringAsync()).ShouldContain("It changed while you were looking");
    }

    [Fact]
    public async Task Calls_WhenEntered_GiveTheCodeForTheCaller()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync("/172022/staff/calls")).Html;
        using var answer = await app.SubmitAsync(html, "/172022/staff/calls", ("status", "safe"), ("peopleCount", "1"), ("name", "電話の人"));
        Html.Words(await answer.Content.ReadAsStringAsync()).ShouldContain("7QX2M-0RTVB");
        var write = app.Safety.Writes.ShouldHaveSingleItem();
        (write.Call, write.IsStaff).ShouldBe(("POST /api/172022/alerts/safety-check/calls", true));
        write.Key.Length.ShouldBe(36);
    }

    [Fact]
    public async Task Check_WhenAnOfficerOpensADrill_IsOpenedAsOne()
    {
        await using var app = await StartAsync();
        app.Safety.State = app.Safety.State with { IsOpen = false };
        var html = (await app.OpenAsync(Page)).Html;
        using var opened = await app.SubmitAsync(html, Page + "/open", ("kind", "exercise"));
        opened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        app.Safety.Writes.ShouldHaveSingleItem().Body!["isExercise"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Export_Always_IsAFileThatIsNotKept()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(Page);
        using var file = await app.GetAsync(Page + ".csv?encoding=shift_jis");
        file.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=shift_jis");
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static async Task<StaffApp> StartAsync()
    {
        var app = await StaffApp.StartAsync();
        var now = DateTimeOffset.UtcNow;
        app.Safety.Rows.Add(new RescueRow
        {
            Id = "one",
            Needs = ["medical", "elderly"],
            PeopleCount = 2,
            Name = "花子",
            Contact = "090-1111-2222",
            Place = "本町",
            AskedAt = now,
            UpdatedAt = now,
            Rescue = new RescueState("one", "on-the-way", now, "officer-9", 4),
            IsExercise = false,
        });
        return app;
    }
}
