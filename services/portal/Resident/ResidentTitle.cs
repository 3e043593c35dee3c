using System.Globalization;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Resident;

/// <summary>The browser's title: the highest level first, because tabs show little more.</summary>
internal static class ResidentTitle
{
    public static string Of(ResidentView view, Visit visit)
    {
        var town = visit.Name(view.Town.Name);
        return view.Alerts.Count == 0 ? visit.Plain("resident.title", ("town", town))
            : view.Alerts.Max(alert => alert.Level) is { } level
                ? visit.Plain("resident.title.level", ("town", town), ("level", level.ToString(CultureInfo.InvariantCulture)))
            : visit.Plain("resident.title.alert", ("town", town));
    }
}
