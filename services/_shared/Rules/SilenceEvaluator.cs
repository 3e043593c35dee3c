using System.Globalization;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;

namespace SmartCity.Rules;

/// <summary>Whether a device has said nothing for too long. Times are the platform's: a silent device has no clock to go by.</summary>
public static class SilenceEvaluator
{
    /// <returns>What changes, or null.</returns>
    public static ThresholdTransition? Evaluate(SilenceRule rule, bool isRaised, DateTimeOffset heardAt, DateTimeOffset now)
    {
        var isSilent = (now - heardAt).TotalSeconds >= rule.AfterSeconds;
        return isSilent == isRaised ? null : isSilent ? ThresholdTransition.Raised : ThresholdTransition.Cleared;
    }

    /// <summary>Why, in one line.</summary>
    public static string Explain(SilenceRule rule, ThresholdTransition transition, DateTimeOffset since, DateTimeOffset now)
        => transition == ThresholdTransition.Raised
            ? string.Create(CultureInfo.InvariantCulture, $"no reading for {Math.Floor((now - since).TotalSeconds)} s ≥ {rule.AfterSeconds} s")
            : "readings arrive again";
}
