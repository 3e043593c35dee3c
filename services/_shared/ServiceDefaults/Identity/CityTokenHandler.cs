using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Checks tokens as the framework does, remembers the valid ones for a moment, and maps their claims to ours.</summary>
internal sealed class CityTokenHandler(TokenCache cache, ClaimMapping mapping) : JsonWebTokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (cache.Find(token) is { } known)
        {
            return known.Result;
        }

        var checkedToken = await base.ValidateTokenAsync(token, validationParameters);
        if (!checkedToken.IsValid)
        {
            return checkedToken;
        }

        var identity = mapping.Map(checkedToken.ClaimsIdentity);
        var result = new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity = identity,
            SecurityToken = checkedToken.SecurityToken,
            Issuer = checkedToken.Issuer,
        };
        cache.Keep(token, result, CityCaller.Of(new ClaimsPrincipal(identity)));
        return result;
    }
}
