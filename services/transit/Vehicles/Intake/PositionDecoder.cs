using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>
/// Reads what a vehicle publishes: a JSON object, or an array of them after a gap, with <c>t</c> (RFC 3339, or seconds since 1970),
/// <c>latitudeDegrees</c> and <c>longitudeDegrees</c>, and whatever else it knows. Beside a good place a field that makes no sense is
/// taken as not said.
/// </summary>
public static class PositionDecoder
{
    public const int MostBytes = 64 * 1024;
    private const int MostPositions = 100;
    private const int LongestText = 255;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>The positions by their time; a fault for what could not be read, which may stand beside positions that could.</summary>
    /// <param name="receivedAt">The time of positions that have none.</param>
    public static (IReadOnlyList<PositionReport> Positions, PositionFault? Fault) Decode(in ReadOnlySequence<byte> payload, DateTimeOffset receivedAt)
    {
        if (payload.Length > MostBytes)
        {
            return ([], new PositionFault("payload-too-large", string.Create(CultureInfo.InvariantCulture, $"The message has {payload.Length} bytes; {MostBytes} are the most.")));
        }

        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                var (position, fault) = Read(root, receivedAt);
                return (position is null ? [] : [position], fault);
            }

            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > MostPositions)
            {
                return ([], new PositionFault("payload-malformed", $"A position is a JSON object, or an array of up to {MostPositions} of them."));
            }

            var all = root.EnumerateArray().Select(one => Read(one, receivedAt)).ToArray();
            return ([.. all.Select(static one => one.Position).OfType<PositionReport>().OrderBy(static one => one.At)], all.Select(static one => one.Fault).FirstOrDefault(static fault => fault is not null));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter where a string is no Unicode, which shows only when it is looked at.
            return ([], new PositionFault("payload-malformed", $"The message is no JSON: {exception.Message}"));
        }
    }

    private static (PositionReport? Position, PositionFault? Fault) Read(JsonElement from, DateTimeOffset receivedAt)
    {
        if (from.ValueKind != JsonValueKind.Object || (!from.TryGetProperty("latitudeDegrees", out _) && !from.TryGetProperty("longitudeDegrees", out _)))
        {
            return (null, new PositionFault("position-missing", "There is no latitudeDegrees and longitudeDegrees in it."));
        }

        if (Number(from, "latitudeDegrees", -90, 90) is not { } latitude || Number(from, "longitudeDegrees", -180, 180) is not { } longitude || (latitude == 0 && longitude == 0))
        {
            return (null, new PositionFault("position-invalid", "latitudeDegrees is a number from -90 to 90 and longitudeDegrees one from -180 to 180, and both 0 is what receivers say without satellites."));
        }

        if (Time(from, receivedAt) is not { } at)
        {
            return (null, new PositionFault("time-invalid", "t is a time as in RFC 3339, such as 2026-07-01T08:00:00+09:00, or seconds since 1970."));
        }

        return (new PositionReport
        {
            At = at,
            LatitudeDegrees = latitude,
            LongitudeDegrees = longitude,
            BearingDegrees = Number(from, "bearingDegrees", 0, 360) is { } bearing ? bearing % 360 : null,
            SpeedMetresPerSecond = Number(from, "speedMetresPerSecond", 0, 100),
            TripId = Text(from, "tripId"),
            StartDate = Text(from, "startDate")?.Replace("-", "", StringComparison.Ordinal),
            StartTime = Text(from, "startTime"),
            RouteId = Text(from, "routeId"),
            Occupancy = OccupancyOf(from),
            Label = Text(from, "label"),
        }, null);
    }

    private static DateTimeOffset? Time(JsonElement from, DateTimeOffset receivedAt)
    {
        if (!from.TryGetProperty("t", out var time))
        {
            return receivedAt;
        }

        return time.ValueKind switch
        {
            JsonValueKind.String when time.GetString() is { } text && HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year >= 1970 => at,
            JsonValueKind.Number when time.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_000 => DateTimeOffset.UnixEpoch.AddSeconds(seconds),
            _ => null,
        };
    }

    // A time without one would be hours off wherever the device does not stand in Greenwich.
    private static bool HasOffset(string text)
        => text.Length > 10 && (text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is '+' or '-'));

    private static double? Number(JsonElement from, string name, double least, double most)
        => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number : null;

    private static string? Text(JsonElement from, string name)
        => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? text : null;

    // By name as in this API (fewSeatsAvailable) or as in GTFS Realtime (FEW_SEATS_AVAILABLE), or by its number there.
    private static Occupancy? OccupancyOf(JsonElement from)
    {
        if (!from.TryGetProperty("occupancy", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt32(out var number) && Enum.IsDefined((Occupancy)number) ? (Occupancy)number : null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString()!.Replace("_", "", StringComparison.Ordinal) is { Length: > 0 } name && char.IsLetter(name[0])
            && Enum.TryParse<Occupancy>(name, ignoreCase: true, out var occupancy) ? occupancy : null;
    }
}
