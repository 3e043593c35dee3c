using System.Collections.Concurrent;

namespace SmartCity.ServiceDefaults.Streaming;

/// <summary>
/// Sends what waits for many streams, on as many threads as there are processors. They are threads of its own: in the pool's
/// queue an alert for ten thousand pages would wait, part by part, behind whatever else the process does at that moment.
/// </summary>
public static class StreamCrowd
{
    // So many that threads seldom meet, so few that none is left with the last ones alone.
    private const int Part = 64;

    // Fewer cost less than waking a thread.
    private const int Few = 16;

    private static readonly Lazy<BlockingCollection<Turn>> Turns = new(Start);

    /// <summary>Returns before all of it is sent.</summary>
    public static void Write(IReadOnlyList<OpenStream> streams)
    {
        if (streams.Count <= Few)
        {
            foreach (var stream in streams)
            {
                stream.Write();
            }

            return;
        }

        var turn = new Turn(streams);
        for (var thread = 0; thread < Environment.ProcessorCount; thread++)
        {
            Turns.Value.Add(turn);
        }
    }

    private static BlockingCollection<Turn> Start()
    {
        var turns = new BlockingCollection<Turn>();
        for (var number = 0; number < Environment.ProcessorCount; number++)
        {
            new Thread(() =>
            {
                foreach (var turn in turns.GetConsumingEnumerable())
                {
                    turn.Work();
                }
            })
            {
                IsBackground = true,
                Name = "open streams",
            }.Start();
        }

        return turns;
    }

    private sealed class Turn(IReadOnlyList<OpenStream> streams)
    {
        private int _next;

        public void Work()
        {
            for (var start = Take(); start < streams.Count; start = Take())
            {
                for (var index = start; index < Math.Min(streams.Count, start + Part); index++)
                {
                    streams[index].Write();
                }
            }
        }

        private int Take() => Interlocked.Add(ref _next, Part) - Part;
    }
}
