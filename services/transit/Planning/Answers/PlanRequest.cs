using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>The query string of <c>GET plan</c>, read and checked.</summary>
internal sealed record PlanRequest(string From, string To, DateTimeOffset At, bool ArriveBy)
{
    /// <summary>Walking speeds that are believed; 0.7 is slow, 1.2 is what most people walk.</summary>
    public const double SlowestMetresPerSecond = 0.3;

    public const double FastestMetresPerSecond = 3;

    public const int MostTransfers = 8;

    public const int WidestWindowMinutes = 720;

    private const int DefaultTransfers = 4;

    public double WalkingSpeedMetresPerSecond { get; private init; } = 1.2;

    public WheelchairNeed Wheelchair { get; private init; }

    public int MaximumTransfers { get; private init; } = DefaultTransfers;

    public int? WindowMinutes { get; private init; }

    public static bool TryRead(PlanParameters query, DateTimeOffset now, [NotNullWhen(true)] out PlanRequest? request, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        (request, refusal) = (null, null);
        var (at, arriveBy, speed, transfers, window, wheelchair) = (now, false, 1.2, DefaultTransfers, 0, WheelchairNeed.None);
        if (string.IsNullOrWhiteSpace(query.From) || string.IsNullOrWhiteSpace(query.To))
        {
            refusal = Refuse("plan-without-ends", "A plan needs both ends.", "Add from and to: the id of a stop, or latitude,longitude in degrees, such as 36.8273,137.4092.");
        }
        else if (query.At is { } text && !RequestMoment.TryParse(text, out at))
        {
            refusal = Refuse("bad-time", "The time is not understood.", $"at is '{text}'. Write it as RFC 3339 with an offset, such as 2026-07-01T08:30:00+09:00 (with + as %2B).");
        }
        else if (query.ArriveBy is { } by && !bool.TryParse(by, out arriveBy))
        {
            refusal = Refuse("bad-arrive-by", "arriveBy is true or false.", $"It is '{by}'.");
        }
        else if (query.WalkingSpeedMetresPerSecond is { } speedText
            && (!double.TryParse(speedText, NumberStyles.Float, CultureInfo.InvariantCulture, out speed) || speed is not (>= SlowestMetresPerSecond and <= FastestMetresPerSecond)))
        {
            refusal = Refuse("bad-walking-speed", "The walking speed is not possible.", string.Create(CultureInfo.InvariantCulture,
                $"walkingSpeedMetresPerSecond is '{speedText}'; it is between {SlowestMetresPerSecond} and {FastestMetresPerSecond}. Most people walk 1.2, slow ones 0.7."));
        }
        else if (!TryCount(query.MaximumTransfers, MostTransfers, ref transfers))
        {
            refusal = Refuse("bad-maximum-transfers", "The number of transfers is not possible.", $"maximumTransfers is '{query.MaximumTransfers}'; it is 0 to {MostTransfers}.");
        }
        else if (!TryCount(query.WindowMinutes, WidestWindowMinutes, ref window))
        {
            refusal = Refuse("bad-window", "The window is not possible.", $"windowMinutes is '{query.WindowMinutes}'; it is 0 (only the best journeys) to {WidestWindowMinutes}.");
        }
        else if (!TryWheelchair(query.Wheelchair, out wheelchair))
        {
            refusal = Refuse("bad-wheelchair", "wheelchair is true, false or allowUnknown.",
                $"It is '{query.Wheelchair}'. true takes only stops and vehicles that are known to be accessible, allowUnknown all that are not known to be inaccessible.");
        }

        if (refusal is not null)
        {
            return false;
        }

        request = new PlanRequest(query.From!.Trim(), query.To!.Trim(), at, arriveBy)
        {
            WalkingSpeedMetresPerSecond = speed,
            Wheelchair = wheelchair,
            MaximumTransfers = transfers,
            WindowMinutes = window == 0 ? null : window,
        };
        return true;
    }

    private static ProblemHttpResult Refuse(string code, string title, string detail) => Problem.BadRequest(code, title, detail);

    private static bool TryCount(string? text, int most, ref int count)
        => text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= most);

    private static bool TryWheelchair(string? text, out WheelchairNeed need)
    {
        (need, var known) = text?.ToUpperInvariant() switch
        {
            null or "FALSE" => (WheelchairNeed.None, true),
            "TRUE" => (WheelchairNeed.Required, true),
            "ALLOWUNKNOWN" => (WheelchairNeed.AllowUnknown, true),
            _ => (WheelchairNeed.None, false),
        };
        return known;
    }
}

/// <summary>As it stands in the query string.</summary>
internal sealed record PlanParameters(
    string? From,
    string? To,
    string? At,
    string? ArriveBy,
    string? WalkingSpeedMetresPerSecond,
    string? Wheelchair,
    string? MaximumTransfers,
    string? WindowMinutes);
