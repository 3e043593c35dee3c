using Yarp.ReverseProxy.Forwarder;

namespace SmartCity.Gateway.Forwarding;

/// <summary>
/// Addresses at one replica. What many ask for has the same address each time, and taking it apart costs as much as three
/// of the door's steps; the last ones are remembered, in places that later ones overwrite.
/// </summary>
internal sealed class AddressBook(string prefix)
{
    private const int Places = 256;
    private const int LongestRemembered = 256;
    private readonly Entry?[] _entries = new Entry?[Places];

    public Uri Of(PathString path, QueryString query)
    {
        var length = (path.Value?.Length ?? 0) + (query.Value?.Length ?? 0);
        if (length > LongestRemembered)
        {
            return RequestUtilities.MakeDestinationAddress(prefix, path, query);
        }

        ref var place = ref _entries[(uint)HashCode.Combine(path.Value, query.Value) % Places];
        if (place is { } known && string.Equals(known.Path, path.Value, StringComparison.Ordinal) && string.Equals(known.Query, query.Value, StringComparison.Ordinal))
        {
            return known.Address;
        }

        var address = RequestUtilities.MakeDestinationAddress(prefix, path, query);
        place = new Entry(path.Value, query.Value, address);
        return address;
    }

    private sealed record Entry(string? Path, string? Query, Uri Address);
}
