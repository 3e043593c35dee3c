using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;

namespace SmartCity.Portal.My;

/// <summary>One's own records: who saw one's data, and who may act for one.</summary>
internal static class MyEndpoints
{
    public static void MapMy(this WebApplication app)
    {
        var my = app.MapGroup("/{municipality}/my").ExcludeFromDescription().RequireAuthorization(Staff.StaffDoor.Policy).AddEndpointFilter(MyDoor.AdmitAsync);
        my.MapGet("", ShowAsync);
        my.MapPost("/grants/{id}/confirm", ConfirmAsync);
        my.MapPost("/grants/{id}/end", EndAsync);
        my.MapPost("/signout", SignInEndpoints.SignOutAsync);
    }

    private static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, string? after = null)
        => PageAsync(municipality, http, visits, desk, after, refusal: null);

    private static Task<IResult> ConfirmAsync(string municipality, string id, HttpContext http, VisitFactory visits, RegistryDesk desk)
        => DoAsync(municipality, http, visits, desk, desk.ConfirmGrantAsync(municipality, id, http));

    /// <summary>Ends a grant, or refuses one that nobody has confirmed yet; again it changes nothing.</summary>
    private static Task<IResult> EndAsync(string municipality, string id, HttpContext http, VisitFactory visits, RegistryDesk desk)
        => DoAsync(municipality, http, visits, desk, desk.EndGrantAsync(municipality, id, http));

    private static async Task<IResult> DoAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, Task<DeskAnswer<GrantView>> asked)
    {
        var answer = await asked;
        if (answer.Value is not null)
        {
            return Results.LocalRedirect($"/{municipality}/my#grants");
        }

        http.Response.StatusCode = (int)answer.Status;
        var refusal = answer.Code is null ? new Refusal("my.refused.unreachable", null, answer.Status) : new Refusal("my.refused", answer.Detail, answer.Status);
        return await PageAsync(municipality, http, visits, desk, after: null, refusal);
    }

    private static async Task<IResult> PageAsync(string municipality, HttpContext http, VisitFactory visits, RegistryDesk desk, string? after, Refusal? refusal)
    {
        var visit = visits.Begin(http);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            // The language switch opens its page with GET, which a form's address does not take.
            visit = visit with { Path = $"/{municipality}/my", Query = "" };
        }

        var view = StaffView.Of(http, municipality);
        var records = desk.MyRecordsAsync(after, visit.Language.HtmlLanguage, http);
        var grants = await desk.GrantsAsync(municipality, view.Person, http);
        return new RazorComponentResult<MyPage>(new { Visit = visit, View = view, Records = (await records).Value, Grants = grants.Value, Refusal = refusal, IsFirst = after is null });
    }
}
