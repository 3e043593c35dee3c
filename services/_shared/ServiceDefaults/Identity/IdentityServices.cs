using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SmartCity.ServiceDefaults.Identity;

internal static class IdentityServices
{
    /// <summary>OIDC bearer tokens whose claims become <c>sub</c>, <c>municipality</c> and <c>role</c>, as configured.</summary>
    public static void AddCityIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration["Identity:Authority"] is null && builder.Environment.IsProduction())
        {
            throw new InvalidOperationException(
                "Identity:Authority is not set: give the address of the OIDC issuer whose tokens staff and residents carry.");
        }

        services.AddOptions<IdentityOptions>().BindConfiguration("Identity").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TokenCache>();
        services.AddSingleton(provider => new ClaimMapping(provider.GetRequiredService<IOptions<IdentityOptions>>().Value));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // Only the development issuer on this machine speaks plain HTTP.
        var https = !builder.Environment.IsDevelopment();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<IdentityOptions>, TokenCache, ClaimMapping>((bearer, options, cache, mapping) =>
            {
                bearer.Authority = options.Value.Authority;
                bearer.Audience = options.Value.Audience;
                bearer.RequireHttpsMetadata = https;
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters.NameClaimType = CityClaims.Subject;
                bearer.TokenValidationParameters.RoleClaimType = CityClaims.Role;
                bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
                bearer.TokenHandlers.Clear();
                bearer.TokenHandlers.Add(new CityTokenHandler(cache, mapping) { MapInboundClaims = false });
            });
        CityPolicies.Add(services.AddAuthorizationBuilder());
    }
}
