using System.Globalization;
using SmartCity.Contracts;

namespace SmartCity.Portal.Staff.Grants;

/// <summary>What a clerk typed into the form of a new grant; kept when it is refused, so that nothing is typed twice.</summary>
/// <param name="Days">As typed.</param>
/// <param name="Faults">Fields that the registry did not accept.</param>
public sealed record GrantForm(string Subject, string Actor, IReadOnlyList<string> Scopes, string Purpose, string Evidence, string Days, IReadOnlySet<string> Faults)
{
    public static readonly GrantForm Empty = new("", "", [], "", "", "1", new HashSet<string>(StringComparer.Ordinal));

    /// <summary>As the registry knows them; it checks them again.</summary>
    public static readonly IReadOnlyList<string> KnownScopes = ["exchange-log.read", "appointments.read", "appointments.book", "rides.order"];

    public static readonly IReadOnlyList<string> KnownEvidence =
        ["my-number-card-shown", "drivers-licence-shown", "residence-card-shown", "passport-shown", "two-documents-shown"];

    internal static GrantForm Of(IFormCollection form)
        => new(Text(form, "subject"), Text(form, "actor"), [.. form["scopes"].OfType<string>()], Text(form, "purpose"), Text(form, "evidence"), Text(form, "days"), Empty.Faults);

    /// <summary>What the registry is asked; days that are no number are left out, which it refuses by the field's name.</summary>
    internal object ToRequest(DateTimeOffset now) => new
    {
        subject = Subject,
        actor = Actor.Length == 0 ? null : Actor,
        scopes = Scopes,
        purpose = Purpose,
        evidence = Evidence,
        // A minute less, since the registry's clock is a little ahead when it looks.
        expiresAt = int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 1000 ? now.AddDays(days).AddMinutes(-1) : (DateTimeOffset?)null,
    };

    internal GrantForm With(IEnumerable<Notice> notices)
        => this with { Faults = notices.Select(notice => notice.Field).OfType<string>().ToHashSet(StringComparer.Ordinal) };

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
