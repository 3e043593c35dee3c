using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.Portal.Staff.SignIn;

/// <summary>The authorization-code flow with PKCE (OpenID Connect Core, section 3.1; RFC 7636) against the platform's issuer.</summary>
internal sealed class CodeFlow(IOptionsMonitor<JwtBearerOptions> bearer, IOptions<SignInOptions> options, IHttpClientFactory clients)
{
    public const string ClientName = "issuer";

    private static readonly JsonWebTokenHandler IdTokens = new() { MapInboundClaims = false };

    /// <summary>The issuer's page where the person says who they are.</summary>
    /// <param name="asOther">Ask again, although the issuer may still know who it was last.</param>
    /// <exception cref="SignInException">Nobody can sign in now.</exception>
    public async Task<string> AddressAsync(PendingSignIn pending, string redirectUri, bool asOther, CancellationToken cancellationToken)
        => QueryHelpers.AddQueryString((await ConfigurationAsync(cancellationToken)).AuthorizationEndpoint, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = options.Value.ClientId,
            ["redirect_uri"] = redirectUri,
            ["scope"] = options.Value.Scope,
            ["state"] = pending.State,
            ["nonce"] = pending.Nonce,
            ["code_challenge"] = pending.Challenge,
            ["code_challenge_method"] = "S256",
            ["prompt"] = asOther ? "login" : null,
        });

    /// <summary>Takes the code to the issuer, and checks both tokens: the id token is for us and this sign-in, the access token is what services believe.</summary>
    /// <exception cref="SignInException">The issuer refused the code, or a token is not good.</exception>
    public async Task<SignedIn> RedeemAsync(string code, PendingSignIn pending, string redirectUri, CancellationToken cancellationToken)
    {
        var configuration = await ConfigurationAsync(cancellationToken);
        var tokens = await AskAsync(configuration, code, pending, redirectUri, cancellationToken);
        var parameters = Bearer.TokenValidationParameters.Clone();
        parameters.ValidIssuer = configuration.Issuer;
        parameters.IssuerSigningKeys = configuration.SigningKeys;
        var access = await ValidateAsync(Bearer.TokenHandlers[0], tokens.AccessToken, parameters);

        // Never by the services' handler: it remembers what it found valid, and an id token is no access token.
        parameters.ValidAudience = options.Value.ClientId;
        parameters.ValidAudiences = null;
        var id = await ValidateAsync(IdTokens, tokens.IdToken, parameters);
        if (id.SecurityToken is not JsonWebToken idToken || !idToken.TryGetClaim("nonce", out var nonce) || nonce.Value != pending.Nonce)
        {
            throw new SignInException("the id token is of another sign-in");
        }

        return idToken.Subject == (access.SecurityToken as JsonWebToken)?.Subject
            ? new SignedIn(access.ClaimsIdentity, tokens.AccessToken, new DateTimeOffset(access.SecurityToken.ValidTo, TimeSpan.Zero))
            : throw new SignInException("the two tokens are of different people");
    }

    private JwtBearerOptions Bearer => bearer.Get(JwtBearerDefaults.AuthenticationScheme);

    private async Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken)
    {
        if (Bearer.ConfigurationManager is not { } manager)
        {
            throw new SignInException("Identity:Authority is not set", fault: SignInFault.NotSetUp);
        }

        try
        {
            var configuration = await manager.GetConfigurationAsync(cancellationToken);
            return configuration.AuthorizationEndpoint is { Length: > 0 } && configuration.TokenEndpoint is { Length: > 0 } ? configuration
                : throw new SignInException("the issuer's discovery document names no authorization or token endpoint", fault: SignInFault.NotSetUp);
        }
        catch (InvalidOperationException exception)
        {
            throw new SignInException("the issuer's discovery document cannot be read: " + exception.Message, exception, SignInFault.NoAnswer);
        }
    }

    private async Task<(string AccessToken, string IdToken)> AskAsync(OpenIdConnectConfiguration configuration, string code, PendingSignIn pending, string redirectUri, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = options.Value.ClientId,
            ["code_verifier"] = pending.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, configuration.TokenEndpoint);
        if (options.Value.ClientSecret is { Length: > 0 } secret)
        {
            Prove(secret, configuration, request, form);
        }

        try
        {
            request.Content = new FormUrlEncodedContent(form);
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode
                ? (document.RootElement.GetProperty("access_token").GetString()!, document.RootElement.GetProperty("id_token").GetString()!)
                : throw new SignInException($"the issuer refused the code (HTTP {(int)answer.StatusCode})");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new SignInException("the issuer's answer cannot be used: " + exception.Message, exception, SignInFault.NoAnswer);
        }
    }

    // In the header where the issuer says nothing else (OpenID Connect Discovery, section 3): every issuer must take that.
    private void Prove(string secret, OpenIdConnectConfiguration configuration, HttpRequestMessage request, Dictionary<string, string> form)
    {
        var known = configuration.TokenEndpointAuthMethodsSupported;
        if (known.Contains("client_secret_post") && !known.Contains("client_secret_basic"))
        {
            form["client_secret"] = secret;
            return;
        }

        var pair = $"{Uri.EscapeDataString(options.Value.ClientId)}:{Uri.EscapeDataString(secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    private async Task<TokenValidationResult> ValidateAsync(TokenHandler handler, string token, TokenValidationParameters parameters)
    {
        var result = await handler.ValidateTokenAsync(token, parameters);
        if (result.IsValid)
        {
            return result;
        }

        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer has a new key: the next try sees it.
            Bearer.ConfigurationManager!.RequestRefresh();
        }

        throw new SignInException("a token is not valid: " + result.Exception.Message, result.Exception);
    }
}

/// <summary>Somebody whom the issuer vouched for.</summary>
internal sealed record SignedIn(ClaimsIdentity Claims, string AccessToken, DateTimeOffset Expires);
