using System.ComponentModel.DataAnnotations;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>Configuration section <c>Portal:SignIn</c>: how the portal signs staff in at the issuer of <c>Identity:Authority</c>.</summary>
public sealed record SignInOptions
{
    /// <summary>The portal's client id at the issuer, and the audience of its id tokens.</summary>
    [Required]
    public string ClientId { get; init; } = "smartcity-portal";

    /// <summary>For issuers that ask for one; PKCE protects the code either way.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the issuer is asked for; <c>openid</c> must be among it.</summary>
    [Required, RegularExpression(@"^(\S+ )*openid( \S+)*$", ErrorMessage = "Portal:SignIn:Scope must contain openid.")]
    public string Scope { get; init; } = "openid profile";

    /// <summary>Address at which browsers reach the portal, for the issuer's way back; where it is not set, the one that the gateway got the request at.</summary>
    [Url]
    public string? PublicUrl { get; init; }

    /// <summary>Where the keys that protect cookies are kept, shared by all replicas; without it, sign-ins end with the process.</summary>
    public string? KeysDirectory { get; init; }

    /// <summary>How long a sign-in lasts without use.</summary>
    [Range(1, 24 * 60)]
    public double IdleMinutes { get; init; } = 30;
}
