using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Alerts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Languages;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Resident;

/// <summary>Gathers a resident's page from the other services.</summary>
public sealed class ResidentViews(CityBackend backend, LiveCrowd crowd)
{
    /// <summary>Asked for, so that an open shelter a little farther is found too.</summary>
    private const int SheltersAsked = 20;

    private const int SheltersShown = 5;

    /// <summary>More kinds of disaster at once than a page can help with.</summary>
    private const int MaximumGroups = 3;

    public async Task<ResidentView> GatherAsync(Town town, Visit visit, CancellationToken cancellationToken)
    {
        var devicesTask = backend.DevicesAsync(town, cancellationToken);
        var answer = await backend.ActiveAlertsAsync(town, cancellationToken);
        var inForce = answer.IsAnswered ? AlertRank.Sort(answer.Value.Items) : [];
        IReadOnlyList<AlertView> alerts = [.. inForce.Where(alert => alert.IsActual)];
        var shelters = await SheltersAsync(town, alerts, cancellationToken);
        var devices = await devicesTask;
        return new ResidentView
        {
            Town = town,
            Alerts = alerts,
            Drills = [.. inForce.Where(alert => !alert.IsActual)],
            AlertsOutcome = answer.Outcome,
            LastEventId = answer.Value?.LastEventId,
            SpreadMilliseconds = crowd.SpreadMilliseconds(town.Code),
            Shelters = shelters,
            Devices = devices,
            Map = Draw(town, alerts, devices, shelters, visit),
        };
    }

    private static MapView Draw(
        Town town, IReadOnlyList<AlertView> alerts, Answer<Page<DeviceView>> devices, IReadOnlyList<ShelterGroup> shelters, Visit visit)
        => MapDrawing.Draw(
            town,
            alerts,
            devices.Value?.Items ?? [],
            [.. shelters.SelectMany(group => group.Shelters.Value ?? [])],
            visit);

    private async Task<IReadOnlyList<ShelterGroup>> SheltersAsync(Town town, IReadOnlyList<AlertView> alerts, CancellationToken cancellationToken)
    {
        if (alerts.Count == 0)
        {
            return [await GroupAsync(town, null, null, cancellationToken)];
        }

        var asked = alerts.DistinctBy(alert => alert.Hazard, StringComparer.Ordinal).Take(MaximumGroups);
        var groups = await Task.WhenAll(asked.Select(alert => GroupAsync(town, alert.Hazard, CentreOf(alert), cancellationToken)));
        var number = 1;
        for (var index = 0; index < groups.Length; index++)
        {
            groups[index] = groups[index] with { FirstNumber = number };
            number += groups[index].Shelters.Value?.Count ?? 0;
        }

        return groups;
    }

    /// <summary>Distances are from the alert's area or the town: a resident's own position never leaves the device.</summary>
    private async Task<ShelterGroup> GroupAsync(Town town, string? hazard, GeoPoint? alertCentre, CancellationToken cancellationToken)
    {
        var (latitude, longitude) = alertCentre ?? new GeoPoint(town.LatitudeDegrees, town.LongitudeDegrees);
        var answer = await backend.SheltersAsync(town, latitude, longitude, hazard, SheltersAsked, cancellationToken);
        if (answer.Outcome == Outcome.NotUnderstood && hazard is not null)
        {
            // No shelter is designated for a hazard that only this town names: any is better than none.
            return await GroupAsync(town, null, alertCentre, cancellationToken);
        }

        IReadOnlyList<ShelterView>? best = answer.IsAnswered
            ? [.. answer.Value.Items.OrderBy(ShelterWords.Use).ThenBy(shelter => shelter.DistanceMetres ?? double.MaxValue).Take(SheltersShown)]
            : null;
        return new ShelterGroup(hazard, alertCentre is not null, new Answer<IReadOnlyList<ShelterView>>(answer.Outcome, best), FirstNumber: 1);
    }

    private static GeoPoint? CentreOf(AlertView alert)
        => GeoBox.Around(GeoJsonRings.Of(alert.Area).SelectMany(ring => ring))?.Centre;
}
