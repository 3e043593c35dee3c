using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using SmartCity.Cli.Changes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Doctor;

/// <summary>Whether the token is there, is still valid, is believed, and lets its person see changes.</summary>
internal static class TokenCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(Session session, Api api, List<Finding> findings, CancellationToken cancellationToken)
    {
        var words = session.Words;
        try
        {
            api.Token = await TokenSource.FindAsync(session, api, cancellationToken);
        }
        catch (Exception exception) when (exception is CommandException or ApiRefusal)
        {
            findings.Add(new Finding("token", FindingState.Bad, exception.Message, words["next.signIn"]));
            return;
        }

        if (api.Token is not { } token)
        {
            findings.Add(new Finding("token", FindingState.Unsure, words["doctor.token.none"], words["next.signIn"]));
            return;
        }

        var handler = new JsonWebTokenHandler();
        if (!handler.CanReadToken(token))
        {
            findings.Add(new Finding("token", FindingState.Bad, words["doctor.token.malformed"], words["next.signIn"]));
            return;
        }

        AddExpiry(session, handler.ReadJsonWebToken(token), findings);
        using var answer = await api.ProbeAsync("api/registry/changes?limit=1", cancellationToken);
        findings.Add((int)answer.StatusCode switch
        {
            401 => new Finding("token", FindingState.Bad, words["doctor.token.notBelieved"], words["doctor.token.notBelieved.do"]),
            403 => new Finding("token", FindingState.Unsure, words["doctor.token.noSteward"], words["next.otherPerson"]),
            >= 400 => new Finding("token", FindingState.Unsure, words["doctor.token.notSeen", (int)answer.StatusCode], words["next.doctor"]),
            _ => new Finding("token", FindingState.Good, words["doctor.token.believed"]),
        });
    }

    private static void AddExpiry(Session session, JsonWebToken token, List<Finding> findings)
    {
        var words = session.Words;
        var expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        var left = expires - session.Surroundings.Clock.GetUtcNow();
        var who = words["doctor.token.who", token.Subject, Claim(token, "role"), Claim(token, "municipality")];
        findings.Add(left <= TimeSpan.Zero
            ? new Finding("token", FindingState.Bad, words["doctor.token.expired", who, ChangePrinter.Time(expires)], words["next.signIn"])
            : new Finding("token", left <= Soon ? FindingState.Unsure : FindingState.Good,
                words["doctor.token.valid", who, ChangePrinter.Time(expires), left.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)]));
    }

    private static string Claim(JsonWebToken token, string type) => string.Join(", ", token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value));
}
