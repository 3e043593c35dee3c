using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold of the bulletins that a town takes.</summary>
internal static class BulletinRules
{
    private const int MostCodes = 200;

    public static void Check(Town town, NoticeList list)
    {
        if (town.Bulletins is not { } bulletins)
        {
            return;
        }

        list.Duplicates("bulletins.kinds", bulletins.Kinds, policy => policy.Kind, "kind");
        Check("earthquakeAreas", bulletins.EarthquakeAreas, list);
        Check("tsunamiAreas", bulletins.TsunamiAreas, list);
        Check("weatherAreas", bulletins.WeatherAreas, list);
        Check("rivers", bulletins.Rivers, list);
        Check("volcanoes", bulletins.Volcanoes, list);
        for (var index = 0; index < (bulletins.WeatherAreas?.Count ?? 0); index++)
        {
            // Its first two digits are the prefecture, as those of the town's code are.
            var code = bulletins.WeatherAreas![index];
            if (town.Code.Length == 6 && code.Length == 6 && !code.StartsWith(town.Code[..2], StringComparison.Ordinal))
            {
                list.Warn("area-elsewhere", $"bulletins.weatherAreas[{index}]", $"is '{code}', an area of another prefecture");
            }
        }

        if (bulletins.ActionFor("earthquake-warning") != BulletinAction.Publish && town.Offers(AppIds.Alerts))
        {
            list.Warn("early-warning-held", "bulletins", "keeps earthquake early warnings from residents: nobody can approve one before the shaking has come");
        }
    }

    private static void Check(string name, IReadOnlyList<string>? codes, NoticeList list)
    {
        if (codes is not null)
        {
            list.Duplicates($"bulletins.{name}", codes, code => code);
            list.Must(codes.Count <= MostCodes, "too-many-areas", $"bulletins.{name}", null, $"has {codes.Count} codes; {MostCodes} are allowed");
        }
    }
}
