using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>
/// What must hold of a town before the gateway serves it. The registry takes no manifest in which anything else holds, so
/// that what two people agreed to is what is then served. Every fault is named, not the first.
/// </summary>
public static class DoorRules
{
    public static IReadOnlyList<DoorFault> FaultsOf(Town town)
    {
        var faults = new List<DoorFault>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < town.ThirdPartyServices.Count; index++)
        {
            var service = town.ThirdPartyServices[index];
            if (!names.Add(service.Name))
            {
                faults.Add(new DoorFault("twice", $"thirdPartyServices[{index}].name", service.Name, $"is there twice ('{service.Name}')"));
            }

            faults.AddRange(ThirdPartyRules.FaultsOf(service, $"thirdPartyServices[{index}]"));
        }

        faults.AddRange(town.AllowedOrigins.Index().Where(origin => !IsOrigin(origin.Item))
            .Select(origin => new DoorFault("origin-malformed", $"allowedOrigins[{origin.Index}]", origin.Item, "is no origin such as https://www.city.example.lg.jp")));
        if (!IsSound(town.Limits))
        {
            faults.Add(new DoorFault("limit-too-low", "limits", null, "has requestsPerSecond or requestsPerSecondOfPerson below 1"));
        }

        return faults;
    }

    /// <summary>The town without whatever has a fault, for a gateway that has no earlier configuration to fall back on.</summary>
    public static Town WithoutFaults(Town town) => town with
    {
        ThirdPartyServices =
        [
            .. town.ThirdPartyServices.GroupBy(service => service.Name, StringComparer.Ordinal).Where(group => group.Count() == 1).SelectMany(group => group)
                .Where(service => ThirdPartyRules.FaultsOf(service, "").All(fault => fault.CanBeServed)),
        ],
        AllowedOrigins = [.. town.AllowedOrigins.Where(IsOrigin)],
        Limits = IsSound(town.Limits) ? town.Limits : new TownLimits(),
    };

    private static bool IsSound(TownLimits limits) => limits is { RequestsPerSecond: >= 1, RequestsPerSecondOfPerson: >= 1 };

    private static bool IsOrigin(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            && string.Equals(url.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
