using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>An end of a journey: a stop, the stops of a station, or a point.</summary>
internal sealed record PlanPlace(double LatitudeDegrees, double LongitudeDegrees, string? StopId, string? Name, int[] Stops)
{
    /// <summary>As far as one walks to a first stop or from a last one.</summary>
    public const int MaximumWalkMetres = 1_500;

    public LegPlace View => new(StopId, Name, LatitudeDegrees, LongitudeDegrees);

    /// <param name="which">The parameter's name.</param>
    public static bool TryFind(
        string text, string which, PlannerTown town, string language, [NotNullWhen(true)] out PlanPlace? place, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        (place, refusal) = (null, null);
        if (town.Names.Find(text, language) is { } found)
        {
            place = new PlanPlace(found.LatitudeDegrees, found.LongitudeDegrees, found.Id, found.Name, found.Stops);
            return true;
        }

        if (text.IndexOf(',', StringComparison.Ordinal) < 0)
        {
            refusal = Problem.NotFound("unknown-stop", "There is no such stop.",
                $"{which} is '{text}', which is no stop of feed version {town.FeedVersion}. Ask for the stops at GET stops, or give latitude,longitude in degrees.");
            return false;
        }

        if (!GeoPoint.TryParse(text, out var point))
        {
            refusal = Problem.BadRequest("bad-point", "The point is not understood.",
                $"{which} is '{text}'. Write latitude,longitude in degrees, such as 36.8273,137.4092, or the id of a stop.");
            return false;
        }

        place = new PlanPlace(point.LatitudeDegrees, point.LongitudeDegrees, null, null, []);
        if (place.Legs(town.Live.Timetable, walkingSpeedMetresPerSecond: 1).Count == 0)
        {
            refusal = OutsideArea(text, which, place, town, language);
            return false;
        }

        return true;
    }

    /// <summary>Walks between here and stops.</summary>
    public List<EndLeg> Legs(Timetable timetable, double walkingSpeedMetresPerSecond)
    {
        var legs = Stops.Select(stop => new EndLeg(stop, 0, 0)).ToList();
        var detour = timetable.Parts.Options.DetourFactor;
        timetable.Parts.Grid.Near(LatitudeDegrees, LongitudeDegrees, MaximumWalkMetres / detour, (stop, straight) =>
        {
            if (!Stops.Contains(stop))
            {
                var metres = (int)Math.Ceiling(straight * detour);
                legs.Add(new EndLeg(stop, Walking.Seconds(metres, walkingSpeedMetresPerSecond), metres));
            }
        });
        return legs;
    }

    /// <summary>On foot, estimated from the straight line.</summary>
    public int MetresTo(PlanPlace other, Timetable timetable) => (int)Math.Ceiling(
        GeoPoint.Metres(LatitudeDegrees, LongitudeDegrees, other.LatitudeDegrees, other.LongitudeDegrees) * timetable.Parts.Options.DetourFactor);

    private static ProblemHttpResult OutsideArea(string text, string which, PlanPlace place, PlannerTown town, string language)
    {
        var nearest = Enumerable.Range(0, town.Live.Timetable.StopCount)
            .Select(stop => (Stop: stop, Coordinates: town.Live.Timetable.Coordinates(stop)))
            .Select(each => (each.Stop, Metres: GeoPoint.Metres(place.LatitudeDegrees, place.LongitudeDegrees, each.Coordinates.LatitudeDegrees, each.Coordinates.LongitudeDegrees)))
            .Where(each => double.IsFinite(each.Metres))
            .DefaultIfEmpty((Stop: -1, Metres: double.NaN))
            .MinBy(each => each.Metres);
        var near = nearest.Stop < 0
            ? "The feed has no stop with coordinates."
            : string.Create(CultureInfo.InvariantCulture, $"The nearest, {town.Names.Stop(nearest.Stop, language).Name}, is {nearest.Metres / 1000:0.0} km away.");
        return Problem.Unprocessable("outside-covered-area", "No stop is within walking distance of the point.",
            $"No stop is within {MaximumWalkMetres} m on foot of {which} {text}. {near}");
    }
}
