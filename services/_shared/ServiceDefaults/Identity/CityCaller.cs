using System.Security.Claims;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Who a valid token speaks for.</summary>
public sealed class CityCaller
{
    private CityCaller(ClaimsPrincipal principal)
    {
        Principal = principal;
        Subject = principal.FindFirst(CityClaims.Subject)?.Value ?? "";
        Municipalities = principal.FindAll(CityClaims.Municipality).Select(claim => claim.Value).ToArray();
        Roles = principal.FindAll(CityClaims.Role).Select(claim => claim.Value).ToArray();
        IsOperator = Roles.Contains(CityRoles.Operator, StringComparer.Ordinal);
    }

    public ClaimsPrincipal Principal { get; }

    /// <summary>The issuer's id of the person; never logged, never passed to others.</summary>
    public string Subject { get; }

    public IReadOnlyList<string> Municipalities { get; }

    public IReadOnlyList<string> Roles { get; }

    public bool IsOperator { get; }

    public static CityCaller Of(ClaimsPrincipal principal) => new(principal);

    /// <summary>Whether the person may act in a municipality: it is one of theirs, or they operate the installation.</summary>
    public bool BelongsTo(string municipality) => IsOperator || Municipalities.Contains(municipality, StringComparer.Ordinal);

    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
