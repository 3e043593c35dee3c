using System.Diagnostics;
using System.Globalization;

namespace SmartCity.Load.Alerts;

/// <summary>What came to each subscription, and under which name.</summary>
internal sealed class ReceiverTally(int subscriptions)
{
    private readonly string?[] _names = new string?[subscriptions];
    private int _reached;
    private long _requests;
    private long _repeated;
    private long _doubled;
    private long _lastAt;

    public async Task TakeAsync(HttpContext context)
    {
        var request = context.Request;
        await request.Body.CopyToAsync(Stream.Null);

        // A webhook's id names the delivery, a push message's topic the chain: what is in a browser under it is replaced.
        var name = request.Headers["webhook-id"].ToString() is { Length: > 0 } id ? id : request.Headers["Topic"].ToString();
        var before = Interlocked.Exchange(ref _names[int.Parse(request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture)], name);
        if (before is null)
        {
            Interlocked.Increment(ref _reached);
        }
        else
        {
            Interlocked.Increment(ref before == name ? ref _repeated : ref _doubled);
        }

        Interlocked.Increment(ref _requests);
        Volatile.Write(ref _lastAt, Stopwatch.GetTimestamp());
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    public void Forget()
    {
        Array.Clear(_names);
        (_reached, _requests, _repeated, _doubled) = (0, 0, 0, 0);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Volatile.Read(ref _reached)} {Interlocked.Read(ref _requests)} {Interlocked.Read(ref _repeated)} {Interlocked.Read(ref _doubled)} {Volatile.Read(ref _lastAt)}");
}
