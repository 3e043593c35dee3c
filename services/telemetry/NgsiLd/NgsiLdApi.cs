using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Models;
using SmartCity.Telemetry.NgsiLd.Subscriptions;
using SmartCity.Telemetry.NgsiLd.Temporal;
using SmartCity.Telemetry.NgsiLd.Types;

namespace SmartCity.Telemetry.NgsiLd;

/// <summary>The NGSI-LD API (ETSI GS CIM 009 V1.6.1) over the town's devices.</summary>
internal static class NgsiLdApi
{
    private const string TenantHeader = "NGSILD-Tenant";
    private static readonly string[] Writing = ["POST", "PUT", "PATCH", "DELETE"];

    public static RouteGroupBuilder MapNgsiLd(this IEndpointRouteBuilder app)
    {
        var town = app.MapTownGroup(AppIds.Telemetry).MapGroup("/ngsi-ld/v1").WithTags("NGSI-LD");
        town.MapGet("/context.jsonld", GetContext);
        var api = town.MapGroup("").AddEndpointFilter(CheckAsync);
        api.MapGet("/entities", EntityHandlers.ListAsync);
        api.MapGet("/entities/{entityId}", EntityHandlers.GetAsync);
        api.MapGet("/types", TypeHandlers.ListTypesAsync);
        api.MapGet("/types/{type}", TypeHandlers.GetTypeAsync);
        api.MapGet("/attributes", TypeHandlers.ListAttributesAsync);
        api.MapGet("/attributes/{attribute}", TypeHandlers.GetAttributeAsync);
        api.MapGet("/temporal/entities/{entityId}", TemporalHandlers.GetAsync);
        var staff = api.MapGroup("").RequireAuthorization(CityPolicies.Staff);
        staff.MapPost("/subscriptions", SubscriptionHandlers.CreateAsync);
        staff.MapGet("/subscriptions", SubscriptionHandlers.ListAsync);
        staff.MapGet("/subscriptions/{subscriptionId}", SubscriptionHandlers.GetAsync);
        staff.MapPatch("/subscriptions/{subscriptionId}", SubscriptionHandlers.PatchAsync);
        staff.MapDelete("/subscriptions/{subscriptionId}", SubscriptionHandlers.DeleteAsync);
        // Everything else of the specification says that it is not here; what would write, to those who might.
        api.MapGet("/{**rest}", RefuseOthers).ExcludeFromDescription();
        staff.MapMethods("/{**rest}", Writing, RefuseOthers).ExcludeFromDescription();
        return api;
    }

    private static ContentHttpResult GetContext() => TypedResults.Content(Terms.Document.ToJsonString(CityJson.Options), NgsiAnswer.JsonLd);

    private static ProblemHttpResult RefuseOthers(HttpContext http)
        => NgsiProblem.NotSupported($"{http.Request.Method} {http.Request.Path} is not supported here: entities come from devices, and are read and subscribed to.");

    private static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.ContainsKey(TenantHeader))
        {
            return NgsiProblem.NoTenants("Leave the header NGSILD-Tenant out: the municipality stands in the path.");
        }

        if (NgsiAnswer.Accepted(http) is null)
        {
            return TypedResults.Problem(
                "Accept application/json or application/ld+json.", statusCode: StatusCodes.Status406NotAcceptable, title: "No acceptable form of the answer.");
        }

        return await next(context);
    }
}
