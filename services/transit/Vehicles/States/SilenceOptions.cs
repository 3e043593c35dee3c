using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.States;

/// <summary>Configuration section <c>Vehicles:Silence</c>: when a departure stops being what it was.</summary>
public sealed record SilenceOptions
{
    /// <summary>A vehicle whose newest matched position is older predicts nothing any more.</summary>
    [Range(5, 3_600)]
    public double SilentSeconds { get; init; } = 120;

    /// <summary>A vehicle that stands longer than this with nothing to wait for may have broken down, however often it says where.</summary>
    [Range(60, 7_200)]
    public double StuckSeconds { get; init; } = 600;

    /// <summary>This long after its start a run of a route with real time that no vehicle was heard of is unconfirmed.</summary>
    [Range(0, 3_600)]
    public double StartGraceSeconds { get; init; } = 180;

    /// <summary>This long after its time an unconfirmed departure is shown no more.</summary>
    [Range(0, 7_200)]
    public double UnconfirmedKeptSeconds { get; init; } = 900;

    /// <summary>A run before its start that was predicted later than this does not go back to its scheduled time when its vehicle falls silent.</summary>
    [Range(0, 3_600)]
    public double DelayedStartSeconds { get; init; } = 60;

    /// <summary>A route of which no vehicle was heard for longer is one without real time.</summary>
    [Range(1, 365)]
    public double TrackedRouteDays { get; init; } = 14;
}
