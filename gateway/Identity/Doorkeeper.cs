using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Gateway.Door;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Identity;

/// <summary>
/// Who comes in: a token that is not valid is refused even where none is needed, and what is not open asks for a token
/// of the town. Services check by themselves as well.
/// </summary>
internal sealed class Doorkeeper(TokenCache tokens, IOptionsMonitor<JwtBearerOptions> bearer, TimeProvider clock, ILogger<Doorkeeper> log)
{
    private const string Bearer = "Bearer ";

    public ValueTask<IResult?> CheckAsync(Call call)
    {
        var authorization = call.Http.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            return new(Admit(call));
        }

        var header = authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            // Nobody here knows other schemes; what is open stays open.
            return new(Admit(call));
        }

        call.Caller = ConnectionCaller.Find(call.Http, header, clock.GetUtcNow());
        if (call.Caller is null && tokens.FindChecked(header.AsSpan(Bearer.Length).Trim()) is { } known)
        {
            ConnectionCaller.Keep(call.Http, header, known);
            call.Caller = known.Caller;
        }

        return call.Caller is null ? ValidateAsync(call) : new(Admit(call));
    }

    private async ValueTask<IResult?> ValidateAsync(Call call)
    {
        AuthenticateResult result;
        try
        {
            result = await call.Http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
        {
            return IssuerUnreachable(call, exception);
        }

        if (result is { Succeeded: true, Principal: { } principal })
        {
            call.Caller = CityCaller.Of(principal);
            return Admit(call);
        }

        if (await OutageAsync(call.Http.RequestAborted) is { } outage)
        {
            return IssuerUnreachable(call, outage);
        }

        call.Http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problem.Of(StatusCodes.Status401Unauthorized, "invalid-token", "This token is not valid.",
            "It has expired, is not for this platform, or was issued by somebody else. Nothing was saved; sign in again, or ask without a token for what is open.");
    }

    private static IResult? Admit(Call call)
    {
        if (call.Target is null)
        {
            return null;
        }

        // What somebody may do there, the registry decides; that it is their town is plain from the path.
        if (call.Target.Name == AppIds.Registry)
        {
            return call.RegistryMunicipality is { } municipality ? AdmitTo(call, municipality, role: null) : null;
        }

        return call.Town is not { } town ? null
            : call.Target.IsThirdParty ? (call.Route?.RequiredRole is { } role ? AdmitTo(call, town.Code, role) : null)
            : call.Route is { IsClosed: false } ? null
            : AdmitTo(call, town.Code, role: null);
    }

    private static IResult? AdmitTo(Call call, string municipality, string? role)
    {
        if (call.Caller is not { } caller)
        {
            call.Http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "This needs a token.",
                $"Send 'Authorization: Bearer …' with a token of {municipality}. Nothing was saved.");
        }

        if (!caller.BelongsTo(municipality))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "other-municipality", "This token is for another municipality.",
                $"It is not for {municipality}. Nothing was read or saved.");
        }

        return role is null || caller.Has(role)
            ? null
            : Problem.Of(StatusCodes.Status403Forbidden, "not-allowed", "This needs another role.", $"Only the role '{role}' may do this. Nothing was saved.");
    }

    /// <summary>Whether the issuer's keys cannot be had: then nothing is known about the token.</summary>
    private async Task<Exception?> OutageAsync(CancellationToken cancellationToken)
    {
        if (bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is not { } issuer)
        {
            return null;
        }

        try
        {
            await issuer.GetConfigurationAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
        {
            return exception;
        }
    }

    private IResult IssuerUnreachable(Call call, Exception exception)
    {
        using var trace = call.Trace.Begin();
        log.IssuerNotReached(exception);
        call.Http.Response.Headers.RetryAfter = "5";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "identity-unavailable", "Tokens cannot be checked at the moment.",
            "The issuer does not answer. Nothing was saved; try again in a few seconds, or ask without a token for what is open.");
    }
}
