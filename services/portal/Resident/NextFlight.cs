namespace SmartCity.Portal.Resident;

/// <summary>
/// Makes one thing at a time for everybody who asks for the same. Who asks while it is being made gets the next one, so that
/// nobody gets what was looked up before they asked.
/// </summary>
/// <param name="pause">Least time from one beginning to the next.</param>
public sealed class NextFlight<TKey, TValue>(TimeSpan pause, TimeProvider clock)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Line> _lines = [];

    /// <param name="make">Called by one of those who ask for the same; when it fails, it fails for them and nobody else.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> make)
    {
        lock (_gate)
        {
            if (!_lines.TryGetValue(key, out var line))
            {
                _lines[key] = line = new Line();
                // Not here: the lock is everybody's.
                line.Flying = Task.Run(() => FlyAsync(key, line));
            }

            line.Next ??= new Flight(make);
            return line.Next.Landed;
        }
    }

    private async Task FlyAsync(TKey key, Line line)
    {
        while (Board(key, line) is { } flight)
        {
            var began = clock.GetTimestamp();
            await flight.FlyAsync();
            if (pause - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, clock);
            }
        }
    }

    /// <summary>From here on nobody joins it any more.</summary>
    private Flight? Board(TKey key, Line line)
    {
        lock (_gate)
        {
            var flight = line.Next;
            line.Next = null;
            if (flight is null)
            {
                _lines.Remove(key);
            }

            return flight;
        }
    }

    private sealed class Line
    {
        public Flight? Next { get; set; }

        /// <summary>Ends by itself, and never fails.</summary>
        public Task? Flying { get; set; }
    }

    private sealed class Flight(Func<Task<TValue>> make)
    {
        private readonly TaskCompletionSource<TValue> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TValue> Landed => _landing.Task;

        public async Task FlyAsync()
        {
            try
            {
                _landing.SetResult(await make());
            }
            catch (Exception exception)
            {
                // Each of those who wait has it thrown.
                _landing.SetException(exception);
            }
        }
    }
}
