namespace MQTTnet;

/// <summary>Handlers that are awaited one after another.</summary>
internal sealed class AsyncEvent<TArgs>
{
    private readonly Lock _gate = new();
    private Func<TArgs, Task>[] _handlers = [];

    public void Add(Func<TArgs, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            _handlers = [.. _handlers, handler];
        }
    }

    public void Remove(Func<TArgs, Task> handler)
    {
        lock (_gate)
        {
            var handlers = _handlers.ToList();
            handlers.Remove(handler);
            _handlers = [.. handlers];
        }
    }

    public async Task InvokeAsync(TArgs args)
    {
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            await handler(args);
        }
    }
}
