using Microsoft.AspNetCore.Http;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>
/// Records each read or write of personal data across services or towns. The record is part of the caller's
/// transaction: data that was not recorded was not handed out either.
/// </summary>
public interface IExchangeLog
{
    /// <summary>Adds the record of what the current request does; committed with the caller's transaction.</summary>
    /// <param name="database">The caller's; the record waits there until <c>SaveChanges</c>.</param>
    /// <param name="http">Names the actor, and for whom they act.</param>
    /// <param name="entry">What is done.</param>
    /// <exception cref="InvalidOperationException">The purpose is not on the list.</exception>
    void Record(CityDbContext database, HttpContext http, ExchangeEntry entry);
}

/// <summary>One read or write of personal data.</summary>
/// <param name="Municipality">The town whose resident's data it is.</param>
/// <param name="Operation">Such as <c>appointment.read</c>.</param>
/// <param name="Purpose">A code of <see cref="ExchangePurposes"/>.</param>
/// <param name="Subject">Pseudonymous id of the person whose data it is; null where it is the data of many.</param>
public sealed record ExchangeEntry(string Municipality, string Operation, string Purpose, string? Subject)
{
    /// <summary>The purpose in the actor's own words; looked through like every text a person types.</summary>
    public string? PurposeText { get; init; }

    public string Result { get; init; } = ExchangeResults.Ok;

    /// <summary>The event that carries the entry.</summary>
    /// <param name="http">Names the actor, and for whom they act.</param>
    /// <param name="service">App id.</param>
    /// <param name="at">Now.</param>
    public ExchangeRecorded ToEvent(HttpContext http, string service, DateTimeOffset at)
    {
        if (!ExchangePurposes.All.Contains(Purpose))
        {
            throw new InvalidOperationException($"'{Purpose}' is not a purpose; give one of {ExchangePurposes.List}.");
        }

        var acting = http.Features.Get<ActingFor>();
        return new ExchangeRecorded
        {
            EventId = Guid.CreateVersion7(at).ToString("N"),
            Municipality = Municipality,
            At = JapanTime.From(at),
            Service = service,
            Operation = Operation,
            Actor = http.ToExchangeActor(),
            OnBehalfOf = acting?.Subject,
            GrantId = acting?.GrantId,
            Purpose = Purpose,
            PurposeText = PurposeText,
            Subject = Subject,
            Result = Result,
        };
    }
}

/// <summary>How it ended.</summary>
public static class ExchangeResults
{
    public const string Ok = "ok";
    public const string Refused = "refused";
    public const string Failed = "failed";
}
