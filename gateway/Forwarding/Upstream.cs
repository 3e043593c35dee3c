using Yarp.ReverseProxy.Forwarder;

namespace SmartCity.Gateway.Forwarding;

/// <summary>The replicas of one service and the connections to them.</summary>
internal sealed class Upstream(IReadOnlyList<Replica> replicas, HttpMessageInvoker client)
{
    // Time limits are the door's: this one only ends streams whose other end is gone without a word.
    private static readonly ForwarderRequestConfig Plain = new() { ActivityTimeout = TimeSpan.FromHours(1), Version = System.Net.HttpVersion.Version11 };
    private static readonly ForwarderRequestConfig Secure = Plain with { Version = System.Net.HttpVersion.Version20 };
    private uint _next;

    public IReadOnlyList<Replica> Replicas { get; } = replicas;

    public HttpMessageInvoker Client { get; } = client;

    /// <summary>Added before the path, such as <c>/v1.0/invoke/lamps/method</c>.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>Path of the active check, or null for none.</summary>
    public string? HealthPath { get; init; }

    public static ForwarderRequestConfig ConfigFor(Replica replica)
        => replica.Address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? Secure : Plain;

    /// <summary>The next replica in turn that may be asked and was not tried yet, or null.</summary>
    /// <param name="tried">A bit for each place in <see cref="Replicas"/>, of which there are 64 at most; the chosen one's is set.</param>
    public Replica? Pick(ref ulong tried)
    {
        var first = Replicas.Count == 1 ? 0 : Interlocked.Increment(ref _next);
        for (var turn = 0u; turn < Replicas.Count; turn++)
        {
            var place = (int)((first + turn) % (uint)Replicas.Count);
            if ((tried & (1UL << place)) == 0 && Replicas[place].TryEnter())
            {
                tried |= 1UL << place;
                return Replicas[place];
            }
        }

        return null;
    }
}
