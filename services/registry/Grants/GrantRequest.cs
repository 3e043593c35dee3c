using System.Security.Claims;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Registry.Grants;

/// <summary>Somebody asks that one person may act for another.</summary>
/// <param name="Subject">The resident. Left out where residents ask for themselves.</param>
/// <param name="Actor">Who shall act. Left out where clerks ask for themselves.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="Purpose">In plain words.</param>
/// <param name="Evidence">How it was made sure that the resident wants it: one of <see cref="GrantEvidence"/>.</param>
/// <param name="ExpiresAt">At most a year from now; a clerk's own grant a day.</param>
public sealed record GrantRequest(
    string? Subject, string? Actor, IReadOnlyList<string>? Scopes, string? Purpose, string? Evidence, DateTimeOffset? ExpiresAt);

/// <summary>Kinds of evidence. Only the kind is kept: never a number, never a copy.</summary>
internal static class GrantEvidence
{
    /// <summary>The resident asks with their own sign-in.</summary>
    public const string SignedIn = "resident-signed-in";

    public static readonly IReadOnlyList<string> AtTheCounter =
        ["my-number-card-shown", "drivers-licence-shown", "residence-card-shown", "passport-shown", "two-documents-shown"];
}

/// <summary>Who asks for a grant, as far as it decides.</summary>
/// <param name="Subject">Token subject.</param>
/// <param name="IsStaff">A clerk or officer of the municipality in the URL.</param>
internal sealed record Requester(string Subject, bool IsStaff)
{
    public static Requester Of(ClaimsPrincipal user, string subject, string municipality) => new(subject, IsStaffOf(user, municipality));

    public static bool IsStaffOf(ClaimsPrincipal user, string municipality)
        => user.HasClaim(CityClaims.Municipality, municipality) && (user.IsInRole(CityRoles.Clerk) || user.IsInRole(CityRoles.Officer));
}

/// <summary>The rules of grants. Pure.</summary>
internal static class GrantRules
{
    public const int LongestTextLength = 200;
    private static readonly TimeSpan LongestFamilyGrant = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestCounterGrant = TimeSpan.FromDays(1);

    public static string SubjectOf(GrantRequest request, Requester by) => request.Subject ?? (by.IsStaff ? "" : by.Subject);

    public static string ActorOf(GrantRequest request, Requester by) => request.Actor ?? (by.IsStaff ? by.Subject : "");

    public static GrantKind KindOf(GrantRequest request, Requester by)
        => by.IsStaff && ActorOf(request, by) == by.Subject ? GrantKind.Counter : GrantKind.Family;

    /// <summary>
    /// What staff write down for somebody else opens that person's data to a third for up to a year, in every municipality:
    /// one person's word is not enough. A clerk's own grant is over in a day, and reaches the data of the own town alone.
    /// </summary>
    public static bool NeedsConfirmation(GrantRow grant) => grant.Kind == GrantKind.Family && grant.CreatedBy != grant.Subject;

    /// <summary>Everything that is wrong with a request.</summary>
    public static IEnumerable<Notice> FaultsOf(GrantRequest request, Requester by, DateTimeOffset now)
    {
        var (subject, actor) = (SubjectOf(request, by), ActorOf(request, by));
        if (subject.Length is 0 or > LongestTextLength)
        {
            yield return Error("subject-missing", "subject", "Say for whom somebody shall act.");
        }

        if (actor.Length is 0 or > LongestTextLength)
        {
            yield return Error("actor-missing", "actor", "Say who shall act.");
        }

        if (subject.Length > 0 && subject == actor)
        {
            yield return Error("actor-is-subject", "actor", "Nobody needs a grant to act for themself.");
        }

        if (request.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => scope is null || !GrantScopes.All.Contains(scope)))
        {
            yield return Error("scope-unknown", "scopes", $"Give one or more of {GrantScopes.List}.");
        }

        if (string.IsNullOrWhiteSpace(request.Purpose) || request.Purpose.Length > LongestTextLength)
        {
            yield return Error("purpose-missing", "purpose", $"Say in 1 to {LongestTextLength} characters what it is for.");
        }

        IReadOnlyList<string> evidence = by.IsStaff ? GrantEvidence.AtTheCounter : [GrantEvidence.SignedIn];
        if ((request.Evidence is not null || by.IsStaff) && !evidence.Contains(request.Evidence, StringComparer.Ordinal))
        {
            yield return Error("evidence-unknown", "evidence", $"Give one of {string.Join(", ", evidence)}; never a number.");
        }

        var longest = KindOf(request, by) == GrantKind.Counter ? LongestCounterGrant : LongestFamilyGrant;
        if (request.ExpiresAt is not { } expires || expires <= now || expires > now + longest)
        {
            yield return Error("expiry-out-of-range", "expiresAt", $"Give a time from now to {longest.TotalDays:0} day(s) ahead.");
        }
    }

    private static Notice Error(string code, string field, string message) => new(code, NoticeSeverity.Error, message) { Field = field };
}
