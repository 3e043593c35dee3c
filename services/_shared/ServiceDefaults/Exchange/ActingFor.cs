using Microsoft.AspNetCore.Http;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>The signed-in person acts for somebody else, by a grant that was in force when the request came.</summary>
/// <param name="Actor">Token subject of the signed-in person.</param>
/// <param name="Subject">For whom.</param>
/// <param name="GrantId">By which grant.</param>
/// <param name="Municipality">The town in which the grant was given.</param>
/// <param name="Kind">A clerk's own grant is the office's: it reaches no data of another town.</param>
public sealed record ActingFor(string Actor, string Subject, string GrantId, string Municipality, GrantKind Kind)
{
    /// <summary>The only town whose data of the subject may be handed out; null where the grant is for every town's.</summary>
    public string? OnlyMunicipality => Kind == GrantKind.Counter ? Municipality : null;
}

/// <summary>Who a request is about, and who makes it.</summary>
public static class ActingExtensions
{
    /// <summary>The person whose data a request of "mine" is about: the signed-in person, or the one they act for.</summary>
    public static string EffectiveSubject(this HttpContext http) => http.Features.Get<ActingFor>()?.Subject ?? http.Subject();

    /// <summary>The signed-in person as the exchange log names them.</summary>
    public static ExchangeActor ToExchangeActor(this HttpContext http)
        => new(http.Subject(), http.User.ActingRole(), http.User.HomeTown());
}
