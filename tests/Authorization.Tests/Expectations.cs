using SmartCity.ServiceTestKit;

namespace SmartCity.Authorization.Tests;

/// <summary>What each kind of token must be answered.</summary>
internal static class Expectations
{
    /// <summary>Let in and answered: no refusal, no failure, and not "there is nothing here" unless the matrix says so.</summary>
    public const string Passes = "passing";

    private const string NotSignedIn = "401";
    private const string Forbidden = "403";
    private const string SignInFirst = "302";

    /// <param name="passing">The status that stands for <see cref="Passes"/> where the matrix states one.</param>
    public static bool Holds(string expected, int status, string? passing)
        => expected == Passes && passing is null
            ? status is not (401 or 403 or 404 or >= 500)
            : (expected == Passes ? passing : expected) == status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static IEnumerable<(string Kind, string? Token, string Expected)> Of(Access access, bool isGateway)
    {
        if (access is Access.Open or Access.Inside or Access.Page)
        {
            yield return ("no token", null, Passes);
            yield return ("a stranger's token", TestTokens.For("s", "resident", RunningService.OtherTown), Passes);
            // A service takes its bearer for nobody; the gateway says that the token is no good, for its own routes and for theirs (GatewayMatrixTests).
            yield return ("an expired token", TestTokens.Expired("p", "officer", RunningService.Town), isGateway ? NotSignedIn : Passes);
            yield return ("another issuer's token", TestTokens.OfOtherIssuer("p", "officer", RunningService.Town), isGateway ? NotSignedIn : Passes);
            yield break;
        }

        if (access is Access.SessionPage or Access.SessionForm)
        {
            var expected = access == Access.SessionPage ? SignInFirst : NotSignedIn;
            yield return ("no token", null, expected);
            yield return ("a clerk's token", TestTokens.For("p", "clerk", RunningService.Town), expected);
            yield return ("an operator's token", TestTokens.For("p", "operator", null), expected);
            yield break;
        }

        var right = RightRole(access);
        yield return ("no token", null, NotSignedIn);
        yield return ("an expired token", TestTokens.Expired("p", right, RunningService.Town), NotSignedIn);
        yield return ("another issuer's token", TestTokens.OfOtherIssuer("p", right, RunningService.Town), NotSignedIn);
        yield return ("a resident's token", TestTokens.For("p", "resident", RunningService.Town), access is Access.SignedIn or Access.TownPerson ? Passes : Forbidden);
        yield return ("another town's token", TestTokens.For("p", right, RunningService.OtherTown), access is Access.TownPerson or Access.Officer or Access.Staff or Access.Steward or Access.Auditor ? Forbidden : Passes);
        yield return ("the right token", TestTokens.For("p", right, RunningService.Town), Passes);
        yield return ("an operator's token", TestTokens.For("p", "operator", null), access is Access.TownPerson or Access.Officer or Access.Staff ? Forbidden : Passes);
        if (access is Access.Officer or Access.Auditor)
        {
            yield return ("a clerk's token", TestTokens.For("p", "clerk", RunningService.Town), Forbidden);
        }
    }

    private static string RightRole(Access access) => access switch
    {
        Access.Officer or Access.Auditor => "officer",
        Access.Staff or Access.Steward or Access.AnySteward => "clerk",
        Access.Operator => "operator",
        _ => "resident",
    };
}
