using Microsoft.AspNetCore.WebUtilities;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Development;

/// <summary>
/// The authorization-code flow of the development issuer, so that the portal signs staff in as it does with a real one.
/// Nobody is asked for a password: whoever opens the page picks a demo person.
/// </summary>
internal static class AuthorizationEndpoints
{
    public const string Authorize = "/dev/authorize";
    public const string Token = "/dev/authorize/token";

    private static readonly string[] Roles = ["resident", "clerk", "officer", "clinician", "operator"];

    public static void MapAuthorization(this WebApplication app)
    {
        app.MapGet(Authorize, ShowPeople);
        app.MapPost(Authorize, PickAsync);
        app.MapPost(Token, RedeemAsync);
    }

    private static IResult ShowPeople(HttpRequest request, DemoPeople people)
        => Read(request) is { } asked
            ? Results.Text(AuthorizationPage.Of(asked, people.All), "text/html", System.Text.Encoding.UTF8)
            : Problem.BadRequest("authorization-request", "This is no authorization request.",
                "It needs response_type=code, client_id, code_challenge with code_challenge_method=S256, and a redirect_uri on this machine.");

    private static async Task<IResult> PickAsync(HttpRequest request, DemoPeople people, AuthorizationCodes codes)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (Read(request) is not { } asked)
        {
            return ShowPeople(request, people);
        }

        var name = form["name"].ToString().Trim();
        var person = people.All.FirstOrDefault(known => known.Name == name) ?? new DemoPerson(name, form["role"].ToString(), form["municipality"]);
        if (name.Length == 0 || !Roles.Contains(person.Role, StringComparer.Ordinal) || (person.Role != "operator" && !MunicipalityCode.IsValid(person.Municipality ?? "")))
        {
            return Problem.BadRequest("person-incomplete", "A person has a name, a role and a municipality.", $"role is one of {string.Join(", ", Roles)}; municipality is a 6-digit code.");
        }

        return codes.Grant(asked, person) is { } code
            ? Results.Redirect(QueryHelpers.AddQueryString(asked.RedirectUri, new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = asked.State }))
            : Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-codes", "Too many sign-ins wait.", "Try again in a minute.");
    }

    private static async Task<IResult> RedeemAsync(HttpRequest request, AuthorizationCodes codes, DevelopmentIssuer issuer)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form["grant_type"] != "authorization_code"
            || codes.Redeem(form["code"].ToString(), form["client_id"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"].ToString()) is not { } granted)
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        var (person, asked) = granted;
        return Results.Ok(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["access_token"] = issuer.TokenFor(person.Name, person.Role, person.Municipality),
            ["id_token"] = issuer.IdTokenFor(person.Name, asked.ClientId, asked.Nonce),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)DevelopmentIssuer.Lifetime.TotalSeconds,
        });
    }

    // A code for a demo person is worth something only on this machine, and goes nowhere else.
    private static AuthorizationRequest? Read(HttpRequest request)
    {
        var query = request.Query;
        var back = query["redirect_uri"].ToString();
        return query["response_type"] == "code" && query["client_id"].ToString() is { Length: > 0 } client
            && query["code_challenge_method"] == "S256" && query["code_challenge"].ToString() is { Length: > 0 } challenge
            && Uri.TryCreate(back, UriKind.Absolute, out var redirect) && redirect.IsLoopback
            ? new AuthorizationRequest(client, back, query["state"], query["nonce"], challenge)
            : null;
    }
}
