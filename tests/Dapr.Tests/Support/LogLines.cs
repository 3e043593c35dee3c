using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmartCity.Dapr.Tests.Support;

/// <summary>Collects the last log lines, and lets a test wait for one.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private const int MostLines = 10_000;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> All => _lines;

    /// <summary>Completes when a line holds the text.</summary>
    public Task ContainsAsync(string text)
    {
        var found = _awaited.GetOrAdd(text, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
        {
            found.TrySetResult();
        }

        return found.Task.Soon();
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = $"{logLevel}: {formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        if (_lines.Count > MostLines)
        {
            _lines.TryDequeue(out _);
        }

        foreach (var (text, found) in _awaited.Where(a => line.Contains(a.Key, StringComparison.Ordinal)))
        {
            found.TrySetResult();
        }
    }

    public void Dispose() => _awaited.Clear();
}
