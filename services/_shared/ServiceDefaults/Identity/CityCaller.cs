using System.Security.Claims;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Who a valid token speaks for.</summary>
public sealed class CityCaller
{
    private readonly string[] _municipalities;
    private readonly string[] _roles;

    private CityCaller(ClaimsPrincipal principal)
    {
        Principal = principal;
        Subject = principal.FindFirst(CityClaims.Subject)?.Value ?? "";
        _municipalities = principal.FindAll(CityClaims.Municipality).Select(claim => claim.Value).ToArray();
        _roles = principal.FindAll(CityClaims.Role).Select(claim => claim.Value).ToArray();
        IsOperator = Has(CityRoles.Operator);
    }

    public ClaimsPrincipal Principal { get; }

    /// <summary>The issuer's id of the person; never logged, never passed to others.</summary>
    public string Subject { get; }

    public IReadOnlyList<string> Municipalities => _municipalities;

    public IReadOnlyList<string> Roles => _roles;

    public bool IsOperator { get; }

    public static CityCaller Of(ClaimsPrincipal principal) => new(principal);

    /// <summary>Whether the person may act in a municipality: it is one of theirs, or they operate the installation.</summary>
    public bool BelongsTo(string municipality) => IsOperator || Array.IndexOf(_municipalities, municipality) >= 0;

    public bool Has(string role) => Array.IndexOf(_roles, role) >= 0;
}
