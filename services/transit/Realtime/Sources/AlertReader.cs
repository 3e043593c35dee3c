using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Reading.Checks;
using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>Another agency's alert as this board keeps it.</summary>
internal static class AlertReader
{
    private const int LongestText = 4_000;

    public static ServiceAlert Read(string id, Alert alert) => new(
        id,
        Border(alert.ActivePeriod, static period => period.HasStart ? period.Start : 0, latest: false),
        Border(alert.ActivePeriod, static period => period.HasEnd ? period.End : 0, latest: true),
        WireNames.Of(alert.Cause), WireNames.Of(alert.Effect), WireNames.Of(alert.SeverityLevel),
        Text(alert.HeaderText) ?? new LocalizedText(),
        Text(alert.DescriptionText),
        alert.Url?.Translation.Select(static one => one.Text).FirstOrDefault(static url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"),
        [.. alert.InformedEntity.Select(static selector => new AffectedService(
            Given(selector.AgencyId), Given(selector.RouteId), Given(selector.Trip?.TripId), Given(selector.Trip?.StartDate), Given(selector.StopId)))]);

    private static LocalizedText? Text(TranslatedString? translated)
    {
        if (translated is null)
        {
            return null;
        }

        var text = new LocalizedText();
        foreach (var one in translated.Translation)
        {
            // Without a language it is the agency's own: here, Japanese.
            if (one.Text is { Length: > 0 and <= LongestText } words && !MyNumber.IsIn(words))
            {
                text[one is { Language.Length: > 0 and <= 35 } named ? named.Language : "ja"] = words;
            }
        }

        return text;
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // Open on one side is open; between several periods the alert stays, since readers of the board see one.
    private static DateTimeOffset? Border(IEnumerable<TimeRange> periods, Func<TimeRange, ulong> of, bool latest)
    {
        var times = periods.Select(of).ToArray();
        return times.Length == 0 || !times.All(CheckContext.IsPosix) ? null : DateTimeOffset.FromUnixTimeSeconds((long)(latest ? times.Max() : times.Min()));
    }
}
