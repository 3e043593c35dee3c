using System.Collections.Concurrent;

namespace SmartCity.Orleans.Tests.Hosting;

/// <summary>Gates at which grains wait for the test, signals for which the test waits, and a log of what happened.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _log = new();
    private volatile bool _allOpen;

    public string[] Log => [.. _log];

    public void Add(string entry) => _log.Enqueue(entry);

    /// <summary>Called by a grain: tells the test that it is here and waits until the test opens the gate.</summary>
    public async Task PassAsync(string gate)
    {
        // The gate is there before anybody hears of it: whoever opens all gates from then on opens this one.
        var open = Get(_open, gate).Task;
        Signal(gate);
        if (!_allOpen)
        {
            await open;
        }
    }

    public void Signal(string gate) => Get(_reached, gate).TrySetResult();

    public Task ReachedAsync(string gate) => Get(_reached, gate).Task.WaitAsync(GrainHost.Patience);

    public void Open(string gate) => Get(_open, gate).TrySetResult();

    public void OpenAll()
    {
        _allOpen = true;
        foreach (var (_, gate) in _open)
        {
            gate.TrySetResult();
        }
    }

    private static TaskCompletionSource Get(ConcurrentDictionary<string, TaskCompletionSource> gates, string name) =>
        gates.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
