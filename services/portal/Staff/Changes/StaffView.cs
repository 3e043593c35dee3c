using Microsoft.AspNetCore.Antiforgery;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>What every page of the staff knows: where, who, and the token of its forms.</summary>
public sealed record StaffView(string Municipality, LocalizedText Name, string Person, string Role, string FormField, string FormToken)
{
    public bool IsOperator => Role == CityRoles.Operator;

    /// <summary>Whether alerts are theirs to decide.</summary>
    public bool IsOfficer { get; init; }

    /// <summary>Officers and operators decide; clerks propose.</summary>
    public bool MayDecide => Role is CityRoles.Officer or CityRoles.Operator;

    internal static StaffView Of(HttpContext http, string municipality)
    {
        var services = http.RequestServices;
        // Pages with a form's token are kept by nobody; said beforehand, so that it is not said in the log each time.
        (http.Response.Headers.CacheControl, http.Response.Headers.Pragma) = ("no-cache, no-store", "no-cache");
        var tokens = services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        var role = Array.Find([CityRoles.Operator, CityRoles.Officer], http.User.IsInRole) ?? CityRoles.Clerk;
        return new StaffView(
            municipality, services.GetRequiredService<ITownDirectory>().NameOf(municipality), http.User.FindFirst(CityClaims.Subject)!.Value, role, tokens.FormFieldName, tokens.RequestToken!)
        {
            IsOfficer = http.User.IsInRole(CityRoles.Officer),
        };
    }

    /// <summary>Why this person cannot approve this change, as a key of the language files; null when they can.</summary>
    internal string? WhyNotApprove(ChangeView change)
        => change.ProposedBy == Person ? "staff.cannot.own"
            : !MayDecide ? "staff.cannot.clerk"
            : change.Plan.OperatorNeeded is not null && !IsOperator ? "staff.cannot.operator"
            : null;
}
