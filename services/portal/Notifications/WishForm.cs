using System.Globalization;
using SmartCity.Contracts.Towns;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.Shelters;

namespace SmartCity.Portal.Notifications;

/// <summary>What somebody wants to be told of, and their mailbox. It comes back with the page until it was received.</summary>
public sealed record WishForm
{
    /// <summary>Levels 3 to 5 are when people have to move.</summary>
    private const int UsualLevel = 3;

    public string Address { get; init; } = "";

    /// <summary>BCP 47 as alerts name languages, the one to be told in first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public int MinimumLevel { get; init; } = UsualLevel;

    public required IReadOnlyList<string> Hazards { get; init; }

    /// <summary>Empty for the whole town.</summary>
    public string District { get; init; } = "";

    public bool Drills { get; init; }

    /// <summary>All that is wanted, in the page's language.</summary>
    public static WishForm New(Town town, Language language) => new() { Languages = [TagOf(language)], Hazards = HazardsOf(town) };

    public static async Task<WishForm> ReadAsync(HttpRequest request)
    {
        var form = await request.ReadFieldsAsync();
        return new WishForm
        {
            Address = form["address"].ToString().Trim(),
            Languages = [.. form["languages"].OfType<string>()],
            MinimumLevel = int.TryParse(form["minimumLevel"], NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0,
            Hazards = [.. form["hazards"].OfType<string>()],
            District = form["district"].ToString(),
            Drills = form["drills"] == "yes",
        };
    }

    /// <summary>The official kinds, and those that the town's own rules are about.</summary>
    public static IReadOnlyList<string> HazardsOf(Town town)
        => [.. ShelterHazards.All.Select(hazard => hazard.Key).Concat(town.Policies.Select(policy => policy.Hazard)).Distinct(StringComparer.Ordinal)];

    /// <summary>A page's language as alerts name it: easy Japanese comes in kana.</summary>
    public static string TagOf(Language language) => language.IsEasy ? "ja-Hira" : language.HtmlLanguage;

    /// <summary>What must be corrected before it is sent, as a key of the language files; null when nothing.</summary>
    public string? Fault()
        => Address.Length == 0 ? "notify.refused.address-not-usable"
            : Languages.Count == 0 ? "notify.refused.languages"
            : Hazards.Count == 0 ? "notify.refused.hazards"
            : MinimumLevel is < 1 or > 5 ? "notify.refused.level-unknown"
            : null;

    public object ToBody(Town town) => new
    {
        Addresses = new[] { new { Channel = "email", Address } },
        Languages,
        MinimumLevel,
        Hazards = HazardsOf(town).All(Hazards.Contains) ? null : Hazards,
        District = District.Length == 0 ? null : District,
        Drills,
    };
}
