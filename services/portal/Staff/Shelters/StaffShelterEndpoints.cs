using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.Portal.Resident;
using SmartCity.Portal.Staff.Changes;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.Names;

namespace SmartCity.Portal.Staff.Shelters;

/// <summary>Open, full, closed, and how many are there: by thumb, in a gymnasium.</summary>
internal static class StaffShelterEndpoints
{
    public static Task<IResult> ShowAsync(string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, string? search = null, string? saved = null)
        => PageAsync(municipality, http, visits, desk, board => board with { SavedId = saved }, search ?? "", StatusCodes.Status200OK);

    public static async Task<IResult> SetAsync(string municipality, string id, HttpContext http, VisitFactory visits, AlertsDesk desk)
    {
        var form = await http.Request.ReadFieldsAsync();
        var (typed, search) = (form["peopleNow"].ToString().Trim(), form["search"].ToString());
        var (isNumber, people) = PeopleOf(typed);
        if (!isNumber)
        {
            return await RefuseAsync("shelters.refused.people", StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await desk.SendAsync<ShelterView>(
            new AlertsCall(HttpMethod.Put, municipality, $"shelters/{Uri.EscapeDataString(id)}/status", new { Status = form["status"].ToString(), PeopleNow = people }, await http.AccessTokenAsync())
            {
                IfMatch = $"\"{form["version"]}\"",
            },
            http);
        if (answer.Value is not null)
        {
            var query = QueryString.Create([KeyValuePair.Create<string, string?>("saved", id), KeyValuePair.Create<string, string?>("search", search)]);
            return Results.LocalRedirect($"/{municipality}/staff/shelters{query.ToUriComponent()}#{AnchorOf(id)}");
        }

        return answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? StaffTrouble.Of(municipality, answer.Status, http)
            : await RefuseAsync(KeyOf(answer), (int)answer.Status);

        Task<IResult> RefuseAsync(string key, int status)
            => PageAsync(municipality, http, visits, desk, board => board with { Refused = (id, key), Typed = typed }, search, status);
    }

    /// <summary>Ids are the town's own and may hold anything.</summary>
    public static string AnchorOf(string id) => "s-" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(id));

    private static async Task<IResult> PageAsync(
        string municipality, HttpContext http, VisitFactory visits, AlertsDesk desk, Func<ShelterBoard, ShelterBoard> complete, string search, int status)
    {
        var token = await http.AccessTokenAsync();
        var all = await desk.SendAsync<Page<ShelterView>>(new AlertsCall(HttpMethod.Get, municipality, "shelters"), http);
        var reporters = await desk.SendAsync<Dictionary<string, string>>(new AlertsCall(HttpMethod.Get, municipality, "shelters/reporters", Token: token), http);
        if (all.Value is not { } shelters || reporters.Value is not { } people)
        {
            return StaffTrouble.Of(municipality, all.Value is null ? all.Status : reporters.Status, http);
        }

        var key = NameKey.Of(search);
        var found = shelters.Items.Where(shelter => key.Length == 0 || shelter.Name.Values.Append(shelter.Address).Any(text => NameKey.Of(text).Contains(key, StringComparison.Ordinal)))
            .OrderBy(ShelterWords.Use).ThenBy(shelter => shelter.Id, StringComparer.Ordinal).ToList();
        var board = complete(new ShelterBoard
        {
            Shelters = [.. found.Take(ShelterBoard.Most)],
            Reporters = people,
            More = Math.Max(0, found.Count - ShelterBoard.Most),
            Search = search,
        });
        var visit = visits.Begin(http, keepsQuery: true) with { Path = $"/{municipality}/staff/shelters" };
        return new RazorComponentResult<StaffShelterPage>(new { Visit = visit, View = StaffView.Of(http, municipality), Board = board }) { StatusCode = status };
    }

    private static string KeyOf(DeskAnswer<ShelterView> answer) => answer.Code switch
    {
        null => "shelters.refused.unreachable",
        "shelter-changed-meanwhile" or "shelter-status-unseen" => "shelters.refused.changed",
        "people-out-of-range" => "shelters.refused.people",
        "unknown-shelter" => "shelters.refused.unknown",
        _ => "shelters.refused.other",
    };

    private static (bool IsNumber, int? People) PeopleOf(string typed)
        => typed.Length == 0 ? (true, null)
            : int.TryParse(typed.Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? (true, people) : (false, null);
}
