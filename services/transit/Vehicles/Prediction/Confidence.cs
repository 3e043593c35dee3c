using System.Runtime.InteropServices;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>How far a prediction can be relied on.</summary>
public enum ConfidenceLevel
{
    Low,
    Medium,
    High,
}

/// <summary>How far a prediction can be relied on, out of how old its position is and how wide the truth may lie.</summary>
/// <param name="Share">From 0 to 1; falls with age and uncertainty, never rises while nothing new is heard.</param>
/// <param name="Age">Of the position that it rests on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Confidence(double Share, TimeSpan Age)
{
    private const double UncertaintyOfHalfSeconds = 180;

    public ConfidenceLevel Level => Share >= 0.7 ? ConfidenceLevel.High : Share >= 0.4 ? ConfidenceLevel.Medium : ConfidenceLevel.Low;

    /// <param name="age">Of the position.</param>
    /// <param name="silence">The age at which nothing is predicted any more.</param>
    /// <param name="uncertaintySeconds">Of the predicted time.</param>
    /// <param name="isDoubtful">Whether the vehicle may as well be somewhere else along its way, or is still on the run before.</param>
    public static Confidence Of(TimeSpan age, TimeSpan silence, double uncertaintySeconds, bool isDoubtful)
    {
        var fresh = Math.Clamp(1 - (0.6 * (age / silence)), 0, 1);
        var sure = 1 / (1 + Math.Pow(uncertaintySeconds / UncertaintyOfHalfSeconds, 2));
        return new Confidence(fresh * sure * (isDoubtful ? 0.5 : 1), age < TimeSpan.Zero ? TimeSpan.Zero : age);
    }
}
