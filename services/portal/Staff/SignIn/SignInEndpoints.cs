using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>To the issuer, back from it, and out again.</summary>
internal static class SignInEndpoints
{
    /// <summary>Fixed, because issuers ask for it beforehand.</summary>
    public const string CallbackPath = "/signin/callback";

    /// <summary>The sign-in that leads back to the page that was asked for.</summary>
    public static string UrlFor(HttpContext http)
    {
        var municipality = (string?)http.GetRouteValue("municipality") ?? "";
        var path = http.Request.Path.Value!;
        // What was sent with an expired session was not done: the page before it says how things are.
        var target = HttpMethods.IsGet(http.Request.Method) ? path : path[..path.LastIndexOf('/')];
        var language = http.Request.Query["lang"].ToString();
        return $"/{municipality}/staff/signin?return={Uri.EscapeDataString(target)}" + (language.Length == 0 ? "" : "&lang=" + Uri.EscapeDataString(language));
    }

    public static async Task<IResult> BeginAsync(
        string municipality, HttpContext http, CodeFlow flow, PendingSignIns pendings, VisitFactory visits, IOptions<SignInOptions> options, TimeProvider clock,
        ILogger<CodeFlow> log, CancellationToken cancellationToken, string? other = null)
    {
        // The language that was asked for outlives the way to the issuer.
        visits.Begin(http);
        var pending = PendingSignIn.Begin(SafeReturn(municipality, http.Request.Query["return"]), clock.GetUtcNow());
        try
        {
            var address = await flow.AddressAsync(pending, RedirectUri(http, options.Value), asOther: other is not null, cancellationToken);
            pendings.Keep(http, pending);
            return Results.Redirect(address);
        }
        catch (SignInException exception)
        {
            return Failed(http, log, exception, pending.ReturnPath);
        }
    }

    public static async Task<IResult> FinishAsync(
        HttpContext http, CodeFlow flow, PendingSignIns pendings, IOptions<SignInOptions> options, ILogger<CodeFlow> log, CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        if (pendings.Take(http, query["state"]) is not { } pending)
        {
            return Failed(http, log, new SignInException("the answer belongs to no sign-in of this browser"), "/");
        }

        try
        {
            var code = query["code"].ToString();
            var signedIn = code.Length > 0
                ? await flow.RedeemAsync(code, pending, RedirectUri(http, options.Value), cancellationToken)
                : throw new SignInException("the issuer answered " + (query["error"].ToString() is { Length: > 0 } error ? error : "without a code"));
            await StaffSession.BeginAsync(http, signedIn.Claims, signedIn.AccessToken, signedIn.Expires);
            return Results.LocalRedirect(pending.ReturnPath);
        }
        catch (SignInException exception)
        {
            return Failed(http, log, exception, pending.ReturnPath);
        }
    }

    public static async Task<IResult> SignOutAsync(string municipality, HttpContext http)
    {
        await http.SignOutAsync(StaffDoor.Scheme);
        return Results.LocalRedirect("/" + municipality);
    }

    private static IResult Failed(HttpContext http, ILogger log, SignInException exception, string returnPath)
    {
        log.SignInFailed(exception.Message);
        return exception.Fault switch
        {
            SignInFault.NotSetUp => StaffMessage.Of(http, StatusCodes.Status503ServiceUnavailable, "staff.signIn.off.title", ["staff.signIn.off.what", "staff.signIn.off.do"], "/", "missing.link"),
            SignInFault.NoAnswer => StaffMessage.Of(http, StatusCodes.Status503ServiceUnavailable, "staff.signIn.away.title", ["staff.signIn.away.what", "staff.signIn.away.do"], returnPath, "staff.signIn.again"),
            _ => StaffMessage.Of(http, StatusCodes.Status400BadRequest, "staff.signIn.failed.title", ["staff.signIn.failed.what", "staff.signIn.failed.do"], returnPath, "staff.signIn.again"),
        };
    }

    // Where it is not configured: the address at which the browser is now, which the gateway passes on and no one outside can set for others.
    private static string RedirectUri(HttpContext http, SignInOptions options)
    {
        var request = http.Request;
        var here = request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } host
            ? (request.Headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } scheme ? scheme : request.Scheme) + "://" + host
            : $"{request.Scheme}://{request.Host}";
        return (options.PublicUrl?.TrimEnd('/') ?? here) + CallbackPath;
    }

    // Only to the pages of this municipality that need a sign-in: an address from outside leads nowhere else.
    private static string SafeReturn(string municipality, string? asked)
    {
        var (home, my) = ($"/{municipality}/staff", $"/{municipality}/my");
        if (asked == my || asked?.StartsWith(my + "/", StringComparison.Ordinal) == true)
        {
            return my;
        }

        return asked is not null && (asked == home || asked.StartsWith(home + "/", StringComparison.Ordinal))
            && !asked.Contains('\\', StringComparison.Ordinal) && !asked.Contains("//", StringComparison.Ordinal) && !asked.Contains("..", StringComparison.Ordinal)
            ? asked : home;
    }
}
