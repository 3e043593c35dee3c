using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SmartCity.ServiceDefaults.Identity;

internal static class IdentityServices
{
    /// <summary>OIDC bearer tokens with the claims <c>sub</c>, <c>municipality</c> and <c>role</c> as they stand.</summary>
    public static void AddCityIdentity(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Identity").Get<IdentityOptions>() ?? new IdentityOptions();
        if (options.Authority is null && builder.Environment.IsProduction())
        {
            throw new InvalidOperationException(
                "Identity:Authority is not set: give the address of the OIDC issuer whose tokens staff and residents carry.");
        }

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = options.Authority;
            bearer.Audience = options.Audience;
            // Only the development issuer on this machine speaks plain HTTP.
            bearer.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.NameClaimType = "sub";
            bearer.TokenValidationParameters.RoleClaimType = "role";
            bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
        });
        CityPolicies.Add(builder.Services.AddAuthorizationBuilder());
    }
}
