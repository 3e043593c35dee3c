using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Rules;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drafts;

/// <summary>A part of the town as an officer draws it: a polygon or a circle.</summary>
public sealed record DraftArea
{
    /// <summary>Beyond this from the town's centre, a point was most likely given with latitude and longitude exchanged.</summary>
    private const double FarthestMetres = 100_000;

    private const double SmallestRadiusMetres = 10;

    private const double LargestRadiusMetres = 50_000;

    private const int MostPoints = 1000;

    /// <summary>A GeoJSON Polygon (RFC 7946) of one ring: CAP knows no holes.</summary>
    public JsonElement? Polygon { get; init; }

    public DraftCircle? Circle { get; init; }

    internal AlertArea ToAlertArea() => Circle is { } circle
        ? AlertArea.Of(new CapCircle(circle.LatitudeDegrees, circle.LongitudeDegrees, circle.RadiusMetres / 1000))
        : AlertArea.From(Polygon);

    /// <summary>The refusal that names every fault, or null when the area may be used.</summary>
    internal ProblemHttpResult? Refuse(Town town)
    {
        var notices = new CapNotices();
        if ((Circle is null) == (Polygon is null))
        {
            notices.Error("area-form", "area", null, "Give either 'polygon', a GeoJSON Polygon, or 'circle'.");
        }
        else if (Circle is { } circle)
        {
            AreaRules.Check(new CapArea { Description = "area", Circles = [new(circle.LatitudeDegrees, circle.LongitudeDegrees, circle.RadiusMetres / 1000)] }, "area", notices);
            if (circle.RadiusMetres is not (>= SmallestRadiusMetres and <= LargestRadiusMetres))
            {
                notices.Error("radius-out-of-range", "area.circle", null, $"The radius is {SmallestRadiusMetres} to {LargestRadiusMetres} metres.");
            }

            Near(town, [new CapPoint(circle.LatitudeDegrees, circle.LongitudeDegrees)], notices);
        }
        else if (GeoJsonRings.TryPolygon(Polygon!.Value) is not { } ring || ring.Count > MostPoints)
        {
            notices.Error("polygon-form", "area.polygon", null, $"'polygon' must be a GeoJSON Polygon of one ring with at most {MostPoints} points, each [longitude, latitude].");
        }
        else
        {
            AreaRules.Check(new CapArea { Description = "area", Polygons = [ring] }, "area", notices);
            Near(town, ring, notices);
        }

        return notices.HasErrors
            ? Problem.Unprocessable("area-not-usable", "The area cannot be used.", $"{notices.All[0].Message} Nothing was saved.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["notices"] = notices.All })
            : null;
    }

    private static void Near(Town town, IEnumerable<CapPoint> points, CapNotices notices)
    {
        var centre = new GeoPoint(town.LatitudeDegrees, town.LongitudeDegrees);
        if (points.Any(point => new GeoPoint(point.LatitudeDegrees, point.LongitudeDegrees).MetresTo(centre) > FarthestMetres))
        {
            notices.Error("area-far-away", "area", null, $"A part of it is more than {FarthestMetres / 1000} km from the town's centre. GeoJSON has the longitude first.");
        }
    }
}

/// <summary>A disc around a point.</summary>
public sealed record DraftCircle(double LatitudeDegrees, double LongitudeDegrees, double RadiusMetres);
