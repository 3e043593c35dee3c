using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Manifests;

/// <summary>Manifests in and out.</summary>
internal static class ManifestEndpoints
{
    /// <summary>50,000 devices have about 10 MB.</summary>
    private const long MaximumBytes = 24 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapManifests(this RouteGroupBuilder town)
    {
        town.MapPut("/manifest", PutManifest).WithMetadata(new RequestSizeLimitAttribute(MaximumBytes)).Accepts<string>("application/yaml", "application/json");
        town.MapGet("/manifest", GetManifest);
        town.MapDelete("/", RemoveTown);
    }

    /// <summary><c>?dryRun=true</c> gives the plan and changes nothing; without it, the change waits for a second person.</summary>
    private static async Task<Results<Ok<Plan>, Accepted<ChangeView>, ProblemHttpResult>> PutManifest(
        string municipality, HttpContext http, ChangeDesk desk, ExchangeDesk exchange, CancellationToken cancellationToken, bool dryRun = false, bool allowDestroy = false)
    {
        string text;
        try
        {
            using var reader = new StreamReader(http.Request.Body, StrictUtf8);
            text = await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            return Problem.Unprocessable("not-utf-8", "The manifest is not UTF-8.", "Save it as UTF-8 and send it again. Nothing was changed.");
        }

        var planned = await desk.PlanAsync(municipality, text, cancellationToken);
        return planned.Result is Ok<PlannedChange> { Value: { } change }
            ? await AnswerAsync(change, ChangeKind.Manifest, desk, exchange, http, dryRun, allowDestroy, cancellationToken)
            : (ProblemHttpResult)planned.Result;
    }

    /// <summary>The manifest as it is in force, as YAML; as JSON where the caller asks for it. The same state gives the same bytes.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetManifest(
        string municipality, HttpRequest request, ChangeDesk desk, ExchangeDesk exchange, CancellationToken cancellationToken)
    {
        if (await desk.InForceAsync(municipality, cancellationToken) is not { } town)
        {
            return Problem.UnknownTown(municipality);
        }

        await exchange.RecordAcrossAsync(request.HttpContext, municipality, "manifest.read", null, cancellationToken);
        return request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(System.Text.Json.JsonSerializer.Serialize(town, CityJson.Options), "application/json", Encoding.UTF8)
            : TypedResults.Text(ManifestWriter.Write(town), "application/yaml", Encoding.UTF8);
    }

    private static async Task<Results<Ok<Plan>, Accepted<ChangeView>, ProblemHttpResult>> RemoveTown(
        string municipality, HttpContext http, ChangeDesk desk, Planner planner, ExchangeDesk exchange, CancellationToken cancellationToken, bool dryRun = false, bool allowDestroy = false)
    {
        if (await desk.InForceAsync(municipality, cancellationToken) is not { } town)
        {
            return Problem.UnknownTown(municipality);
        }

        var plan = await planner.MakeAsync(town, null, [], cancellationToken);
        return await AnswerAsync(new PlannedChange(town, plan), ChangeKind.Removal, desk, exchange, http, dryRun, allowDestroy, cancellationToken);
    }

    private static async Task<Results<Ok<Plan>, Accepted<ChangeView>, ProblemHttpResult>> AnswerAsync(
        PlannedChange change, ChangeKind kind, ChangeDesk desk, ExchangeDesk exchange, HttpContext http, bool dryRun, bool allowDestroy, CancellationToken cancellationToken)
    {
        // A manifest that is in force already asks for nothing that anybody would have to approve.
        if (dryRun || change.Plan.Steps.Count == 0)
        {
            // The plan shows who the town's people are, as its manifest does.
            await exchange.RecordAcrossAsync(http, change.Plan.Municipality, "manifest.read", null, cancellationToken);
            return TypedResults.Ok(change.Plan);
        }

        var filed = await desk.FileAsync(change, kind, allowDestroy, http, cancellationToken);
        return filed.Result is Accepted<ChangeView> accepted ? accepted : (ProblemHttpResult)filed.Result;
    }
}
