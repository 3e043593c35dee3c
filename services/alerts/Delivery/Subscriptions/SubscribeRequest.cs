using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Somebody wants to be told. No account is needed.</summary>
public sealed record SubscribeRequest
{
    private const int MostAddresses = 3;
    private const int MostLanguages = 8;

    /// <summary>One to three ways to reach the person, the one to try first in front. Each alert goes to one of them: the first that takes it.</summary>
    public required IReadOnlyList<AddressRequest?>? Addresses { get; init; }

    /// <summary>BCP 47; without any, the town's first one.</summary>
    public IReadOnlyList<string?>? Languages { get; init; }

    /// <summary>Japanese alert level from which on to be told, 1 to 5.</summary>
    public int MinimumLevel { get; init; } = 1;

    /// <summary>Hazard keys; null for all.</summary>
    public IReadOnlyList<string?>? Hazards { get; init; }

    /// <summary>One of the town's districts; null for the whole town.</summary>
    public string? District { get; init; }

    /// <summary>Whether exercises and tests are wanted too.</summary>
    public bool Drills { get; init; }

    internal ProblemHttpResult? Refuse(Town town)
    {
        if (Addresses is not { Count: >= 1 and <= MostAddresses } addresses || addresses.Any(address => address?.Channel is null))
        {
            return Refusal("addresses-missing", "A subscription has one to three addresses, each with its channel.", $"{Addresses?.Count ?? 0} were given.");
        }

        if (MinimumLevel is < 1 or > 5)
        {
            return Refusal("level-unknown", "Alert levels are 1 to 5.", $"{MinimumLevel} is not one.");
        }

        if (Languages is { } languages && (languages.Count > MostLanguages || !languages.All(IsLanguage)))
        {
            return Refusal("language-unknown", "Languages are given as BCP 47 tags, at most eight.", "Such as ja, en or zh-Hans.");
        }

        if (Hazards is { } hazards && (hazards.Count == 0 || !hazards.All(hazard => IsHazardOf(town, hazard))))
        {
            return Refusal("hazard-unknown", "This hazard is not known.", $"Leave 'hazards' out for all, or give some of {SmartCity.Alerts.Hazards.Keys}.");
        }

        if (District is not null && !Districts.Of(town).Any(district => district.Id == District))
        {
            var known = string.Join(", ", Districts.Of(town).Select(district => district.Id));
            return Refusal("district-unknown", "This district is not known.",
                known.Length == 0 ? "This town has none: leave 'district' out for the whole town." : $"Leave 'district' out for the whole town, or give one of {known}.");
        }

        return FreeText.Refuse(addresses.SelectMany((address, index) => address!.Fields
            .Where(field => field.Key is "address" or "url" && field.Value.ValueKind == System.Text.Json.JsonValueKind.String)
            .Select(field => ($"addresses[{index}].{field.Key}", field.Value.GetString()))));
    }

    internal Wishes ToWishes(Town town)
        => new(
            Languages is { Count: > 0 } languages ? [.. languages.OfType<string>()] : [town.Languages.FirstOrDefault() ?? "ja"], MinimumLevel,
            Hazards?.OfType<string>().Distinct(StringComparer.Ordinal).ToList(), District, Drills);

    private static bool IsLanguage(string? tag) => tag is { Length: >= 2 and <= 35 } && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool IsHazardOf(Town town, string? hazard) => SmartCity.Alerts.Hazards.IsKnown(hazard) || town.Policies.Any(policy => policy.Hazard == hazard);

    private static ProblemHttpResult Refusal(string code, string title, string detail) => Problem.Unprocessable(code, title, detail + " Nothing was saved.");
}
