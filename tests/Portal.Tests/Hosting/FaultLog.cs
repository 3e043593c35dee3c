using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>Keeps what is logged as an error, with its exception.</summary>
public sealed class FaultLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(string Message, Exception? Exception)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Entries.Enqueue((formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }
}
