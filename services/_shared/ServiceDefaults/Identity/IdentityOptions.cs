using System.ComponentModel.DataAnnotations;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Configuration section <c>Identity</c>: whose tokens are believed, and which of their claims say what.</summary>
public sealed record IdentityOptions : IValidatableObject
{
    /// <summary>Base address of the OIDC issuer; its discovery document names the keys.</summary>
    public string? Authority { get; init; }

    /// <summary>The audience that tokens must name.</summary>
    [Required]
    public string Audience { get; init; } = "smartcity";

    public ClaimNames Claims { get; init; } = new();

    /// <summary>
    /// The issuer's role values and the role each stands for. When given, values that are not in it count for nothing,
    /// so that an issuer's own "operator" is not ours by accident.
    /// </summary>
    public Dictionary<string, string> RoleMap { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The issuer's values for municipalities and the 6-digit code of each; values not in it stand as they are.</summary>
    public Dictionary<string, string> MunicipalityMap { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How long a checked token is believed without checking its signature again; never beyond its expiry. 0 for not at all.</summary>
    [Range(0, 60)]
    public int CacheSeconds { get; init; } = 60;

    /// <summary>Most tokens kept at once.</summary>
    [Range(2, 1_000_000)]
    public int CacheEntries { get; init; } = 20_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (theirs, ours) in RoleMap.Where(pair => !CityRoles.All.Contains(pair.Value)))
        {
            yield return new ValidationResult($"Identity:RoleMap:{theirs} is '{ours}', which is no role; the roles are {string.Join(", ", CityRoles.All)}.");
        }

        foreach (var (name, value) in new[] { ("Subject", Claims.Subject), ("Municipality", Claims.Municipality), ("Role", Claims.Role) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new ValidationResult($"Identity:Claims:{name} is empty; name the claim of the issuer's tokens.");
            }
        }

        if (Authority is { } authority && (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult($"Identity:Authority is '{authority}', not an http(s) URL.");
        }
    }
}

/// <summary>
/// What the issuer calls its claims. A name with dots that is no claim itself goes into a JSON object:
/// <c>realm_access.roles</c> is the <c>roles</c> of the claim <c>realm_access</c>.
/// </summary>
public sealed record ClaimNames
{
    public string Subject { get; init; } = CityClaims.Subject;

    public string Municipality { get; init; } = CityClaims.Municipality;

    public string Role { get; init; } = CityClaims.Role;
}
