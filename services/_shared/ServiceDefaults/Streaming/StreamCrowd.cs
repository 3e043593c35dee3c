namespace SmartCity.ServiceDefaults.Streaming;

/// <summary>Sends what waits for many streams, on as many threads as there are processors, a part of them at a time.</summary>
public static class StreamCrowd
{
    // A few milliseconds of work: what else waits for a thread comes in between.
    private const int Part = 128;

    /// <summary>Returns at once.</summary>
    public static void Write(IReadOnlyList<OpenStream> streams)
    {
        var parts = (streams.Count + Part - 1) / Part;
        if (parts > 0)
        {
            var turn = new Turn(streams, parts);
            for (var thread = 0; thread < Math.Min(parts, Environment.ProcessorCount); thread++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
            }
        }
    }

    private sealed class Turn(IReadOnlyList<OpenStream> streams, int parts) : IThreadPoolWorkItem
    {
        private int _next;

        public void Execute()
        {
            var part = Interlocked.Increment(ref _next) - 1;
            if (part >= parts)
            {
                return;
            }

            for (var index = part * Part; index < Math.Min(streams.Count, (part + 1) * Part); index++)
            {
                streams[index].Write();
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
