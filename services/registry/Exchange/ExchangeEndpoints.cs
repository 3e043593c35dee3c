using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Registry.Access;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Exchange;

/// <summary>Reading the exchange log. Staff who read it leave a record themselves.</summary>
internal static class ExchangeEndpoints
{
    public static void MapExchange(this IEndpointRouteBuilder registry, IEndpointRouteBuilder town)
    {
        registry.MapGet("/exchange-log/keys", ListKeys).AllowAnonymous().WithTags("exchange-log");
        registry.MapGet("/exchange-log/export", ExchangeExport.GetExport).RequireAuthorization(CityPolicies.Operator).WithTags("exchange-log");
        registry.MapGet("/my/exchange-log", ListMine).RequireAuthorization().AllowOnBehalf(GrantScopes.ReadExchangeLog).WithTags("exchange-log");
        town.MapGet("/exchange-log", ListOfTown).RequireAuthorization(RegistryPolicies.Auditors).WithTags("exchange-log");
    }

    /// <summary>Newest first: data of the municipality's residents, and what its own staff did elsewhere.</summary>
    private static async Task<Results<Ok<Page<ExchangeView>>, ProblemHttpResult>> ListOfTown(
        string municipality, RegistryDbContext database, ExchangeDesk desk, HttpContext http, CancellationToken cancellationToken,
        string? subject = null, string? purpose = null, string? purposeText = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal) || !ExchangeDesk.TryPurpose(purpose ?? ExchangePurposes.Audit, purposeText, out refusal))
        {
            return refusal;
        }

        if (ExchangeDesk.RefuseSubject(subject) is { } unrecordable)
        {
            return unrecordable;
        }

        var entry = new ExchangeEntry(municipality, "exchange-log.read", purpose ?? ExchangePurposes.Audit, subject) { PurposeText = purposeText };
        await desk.RecordAsync(http, entry, cancellationToken);
        var before = Before(after);
        var rows = await database.Set<ExchangeRow>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Sequence < before
                && (row.Municipality == municipality || row.ActorMunicipality == municipality)
                && (subject == null || row.Subject == subject))
            .OrderByDescending(row => row.Sequence).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(PageOf(rows, take, ExchangeView.Of));
    }

    /// <summary>Newest first, from every municipality (a clerk at the counter: from the own): who read or wrote this person's data. Sentences in the language of <c>Accept-Language</c>.</summary>
    private static async Task<Results<Ok<Page<MyExchangeView>>, ProblemHttpResult>> ListMine(
        RegistryDbContext database, ExchangeDesk desk, ExchangeWording wording, ITownDirectory towns, HttpContext http, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        var subject = http.EffectiveSubject();
        string? only = null;
        if (http.Features.Get<ActingFor>() is { } acting)
        {
            only = acting.OnlyMunicipality;
            await desk.RecordAsync(http, new ExchangeEntry(acting.Municipality, "exchange-log.read", ExchangePurposes.OnBehalf, subject), cancellationToken);
        }

        var before = Before(after);
        var rows = await database.Set<ExchangeRow>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Sequence < before && row.Subject == subject && (only == null || row.Municipality == only))
            .OrderByDescending(row => row.Sequence).Take(take + 1).ToListAsync(cancellationToken);
        var language = wording.LanguageOf(http.Request);
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.Vary = "Accept-Language, Authorization, On-Behalf-Of";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(PageOf(rows, take, row => wording.Describe(row, language, subject, towns)));
    }

    private static async Task<Ok<Page<ExchangeKeyView>>> ListKeys(RegistryDbContext database, ExchangeSigner signer, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ExchangeKeyRow>().AsNoTracking().OrderBy(row => row.FirstUsedAt).ToListAsync(cancellationToken);
        var keys = rows.ConvertAll(row => new ExchangeKeyView(row.Id, "ES256", row.PublicKeyPem, row.FirstUsedAt));
        if (!keys.Exists(key => key.Id == signer.KeyId))
        {
            keys.Add(new ExchangeKeyView(signer.KeyId, "ES256", signer.PublicKeyPem, null));
        }

        return TypedResults.Ok(new Page<ExchangeKeyView>(keys));
    }

    private static long Before(string? after)
        => long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : long.MaxValue;

    private static Page<T> PageOf<T>(List<ExchangeRow> rows, int take, Func<ExchangeRow, T> view)
        => new([.. rows.Take(take).Select(view)], rows.Count > take ? rows[take - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
}
