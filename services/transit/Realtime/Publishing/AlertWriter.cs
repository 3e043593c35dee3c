using SmartCity.Contracts;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>Service alerts out of a board, in every language that they have.</summary>
internal static class AlertWriter
{
    public static IEnumerable<FeedEntity> Write(BoardSnapshot board, DateTimeOffset now)
        => board.Alerts.SelectMany(static giver => giver.Value.Select(alert => (Giver: giver.Key, Alert: alert)))
            .Where(one => one.Alert.To is not { } end || end > now)
            .Select(static one => new FeedEntity { Id = $"{one.Giver}:{one.Alert.Id}", Alert = AlertOf(one.Alert) });

    private static Alert AlertOf(ServiceAlert alert)
    {
        var written = new Alert
        {
            Cause = WireNames.Parse(alert.Cause, Alert.Types.Cause.UnknownCause),
            Effect = WireNames.Parse(alert.Effect, Alert.Types.Effect.UnknownEffect),
            SeverityLevel = WireNames.Parse(alert.Severity, Alert.Types.SeverityLevel.UnknownSeverity),
            HeaderText = Texts(alert.Header),
        };
        if (alert.From is not null || alert.To is not null)
        {
            var period = new TimeRange();
            if (alert.From is { } from)
            {
                period.Start = TripUpdateWriter.Unix(from);
            }

            if (alert.To is { } to)
            {
                period.End = TripUpdateWriter.Unix(to);
            }

            written.ActivePeriod.Add(period);
        }

        if (alert.Description is { } description)
        {
            written.DescriptionText = Texts(description);
        }

        if (alert.Url is { } url)
        {
            written.Url = new TranslatedString { Translation = { new TranslatedString.Types.Translation { Text = url } } };
        }

        written.InformedEntity.AddRange(alert.Affects.Select(Selector));
        return written;
    }

    private static EntitySelector Selector(AffectedService affected)
    {
        var selector = new EntitySelector();
        if (affected.AgencyId is { } agency)
        {
            selector.AgencyId = agency;
        }

        if (affected.RouteId is { } route)
        {
            selector.RouteId = route;
        }

        if (affected.StopId is { } stop)
        {
            selector.StopId = stop;
        }

        if (affected.TripId is { } trip)
        {
            selector.Trip = new TripDescriptor { TripId = trip };
            if (affected.StartDate is { } date)
            {
                selector.Trip.StartDate = date;
            }
        }

        return selector;
    }

    private static TranslatedString Texts(LocalizedText text)
    {
        var translated = new TranslatedString();
        translated.Translation.AddRange(text.Select(static one => new TranslatedString.Types.Translation { Text = one.Value, Language = one.Key }));
        return translated;
    }
}
