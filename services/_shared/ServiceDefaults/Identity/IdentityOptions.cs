namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Configuration section <c>Identity</c>: whose tokens are believed.</summary>
public sealed record IdentityOptions
{
    /// <summary>Base address of the OIDC issuer; its discovery document names the keys.</summary>
    public string? Authority { get; init; }

    /// <summary>The audience that tokens must name.</summary>
    public string Audience { get; init; } = "smartcity";
}
