using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>
/// Checks the header <c>On-Behalf-Of</c> against the grants, for each request anew. A route that does not know the header
/// refuses it: acting as oneself where one meant another would be worse than an error.
/// </summary>
internal sealed class OnBehalfGate(RequestDelegate next, ILogger<OnBehalfGate> log)
{
    public const string Header = "On-Behalf-Of";

    public Task InvokeAsync(HttpContext context)
    {
        var subject = context.Request.Headers[Header];
        if (subject.Count == 0 || context.GetEndpoint() is not { } endpoint)
        {
            return next(context);
        }

        if (endpoint.Metadata.GetMetadata<OnBehalfScopeAttribute>()?.Scope is not { } scope)
        {
            return Problem.BadRequest("on-behalf-not-supported", "Nobody can act for another here.",
                $"This address does not take the header {Header}. Nothing was done.").ExecuteAsync(context);
        }

        return context.User.Identity?.IsAuthenticated == true
            ? CheckAsync(context, subject.ToString(), scope)
            : Problem.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.", "Who acts for another must be known. Nothing was done.").ExecuteAsync(context);
    }

    private async Task CheckAsync(HttpContext context, string subject, string scope)
    {
        var actor = context.Subject();
        if (subject == actor)
        {
            await next(context);
            return;
        }

        IReadOnlyList<GrantView> grants;
        try
        {
            grants = await context.RequestServices.GetRequiredService<IGrantDirectory>().FindAsync(actor, subject, scope, context.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            log.GrantsNotKnown(exception);
            await Problem.Of(StatusCodes.Status503ServiceUnavailable, "grants-not-known", "It can't be checked now who may act for whom.",
                "The registry does not answer. Nothing was done; try again in a minute.").ExecuteAsync(context);
            return;
        }

        if (grants.FirstOrDefault(grant => Covers(grant, context)) is not { } found)
        {
            if (context.RequestServices.GetService<IRefusalRecorder>() is { } recorder)
            {
                await recorder.RecordAsync(context, subject, context.RequestAborted);
            }

            await NoGrant(scope).ExecuteAsync(context);
            return;
        }

        context.Features.Set(new ActingFor(actor, subject, found.Id, found.Municipality, found.Kind));
        using (log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Actor"] = actor, ["OnBehalfOf"] = subject, ["Grant"] = found.Id }))
        {
            await next(context);
        }
    }

    // A clerk's grant is the office's: who has left the town's staff has left it behind, and it opens no address of another town.
    private static bool Covers(GrantView grant, HttpContext context)
        => grant.Kind != GrantKind.Counter
            || (context.User.HasClaim(CityClaims.Municipality, grant.Municipality) && (context.User.IsInRole(CityRoles.Clerk) || context.User.IsInRole(CityRoles.Officer))
                && (context.Request.RouteValues["municipality"] is not string town || town == grant.Municipality));

    private static ProblemHttpResult NoGrant(string scope)
        => Problem.Of(StatusCodes.Status403Forbidden, "no-grant", "You may not act for this person.",
            $"There is no grant in force for '{scope}'. Nothing was done. The person can give one, also at the counter of their town.");
}
