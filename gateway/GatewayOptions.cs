using System.ComponentModel.DataAnnotations;

namespace SmartCity.Gateway;

/// <summary>Configuration section <c>Gateway</c>.</summary>
public sealed record GatewayOptions : IValidatableObject
{
    /// <summary>Base address of each service by app id; the portal answers everything outside <c>/api</c>.</summary>
    [Required]
    public Dictionary<string, string> Services { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The development issuer and simulator, reachable below <c>/dev</c> in Development only.</summary>
    public string? Development { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => Services.Append(new KeyValuePair<string, string>("development", Development ?? "http://localhost"))
            .Where(service => !Uri.TryCreate(service.Value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            .Select(service => new ValidationResult($"Gateway: the address of {service.Key} is '{service.Value}', not an http(s) URL."));
}
