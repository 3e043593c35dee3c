using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Exchange;

/// <summary>Records what happens in the registry itself: straight into the chain, before the data is handed out.</summary>
public sealed class ExchangeDesk(RegistryDbContext database, ExchangeChain chain, TimeProvider clock)
{
    private const int LongestSubject = 200;

    /// <summary>In a transaction of its own.</summary>
    public async Task RecordAsync(HttpContext http, ExchangeEntry entry, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        await AddAsync(http, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>In the caller's write transaction.</summary>
    public Task AddAsync(HttpContext http, ExchangeEntry entry, CancellationToken cancellationToken)
        => chain.AppendAsync(entry.ToEvent(http, AppIds.Registry, clock.GetUtcNow()), cancellationToken);

    /// <summary>In a transaction of its own, where the person acts in a town that is not theirs.</summary>
    /// <param name="subject">Whose data it is; null where it is the data of many.</param>
    public async Task RecordAcrossAsync(HttpContext http, string municipality, string operation, string? subject, CancellationToken cancellationToken)
    {
        if (http.User.IsGuestIn(municipality))
        {
            await RecordAsync(http, new ExchangeEntry(municipality, operation, ExchangePurposes.Administration, subject), cancellationToken);
        }
    }

    /// <summary>In the caller's write transaction, where the person acts in a town that is not theirs.</summary>
    /// <param name="subject">Whose data it is; null where it is the data of many.</param>
    public Task AddAcrossAsync(HttpContext http, string municipality, string operation, string? subject, CancellationToken cancellationToken)
        => http.User.IsGuestIn(municipality)
            ? AddAsync(http, new ExchangeEntry(municipality, operation, ExchangePurposes.Administration, subject), cancellationToken)
            : Task.CompletedTask;

    /// <summary>
    /// Why the id of a person, as somebody typed it, can't be recorded. What is in the log stays there for good, so a number
    /// that was typed into a search must not come that far.
    /// </summary>
    public static ProblemHttpResult? RefuseSubject(string? subject)
        => subject?.Length > LongestSubject
            ? Problem.Unprocessable("text-too-long", "This is no id of a person.", $"'subject' has {subject.Length} characters; {LongestSubject} are allowed. Nothing was read.")
            : FreeText.Refuse(("subject", subject));

    /// <summary>Whether a purpose that a caller gave can be recorded.</summary>
    public static bool TryPurpose(string code, string? text, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        refusal = ExchangePurposes.All.Contains(code)
            ? FreeText.Refuse(("purposeText", text))
            : Problem.Unprocessable("purpose-unknown", "This purpose is not known.", $"Give purpose as one of {ExchangePurposes.List}. Nothing was read.");
        return refusal is null;
    }
}
