using System.Diagnostics;

namespace SmartCity.Load.Ingest;

/// <summary>Waits for the end of what is under way.</summary>
internal static class Wait
{
    /// <summary>Returns when it holds, or when patience ends: then the figures say what is missing.</summary>
    public static void Until(Func<bool> holds, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !holds() && waited.Elapsed < patience;)
        {
            Pause.For(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }
}
