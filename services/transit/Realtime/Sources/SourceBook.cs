using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>The sources of all towns, in memory: after a restart they say again what they know.</summary>
internal sealed class SourceBook(IOptions<SourceOptions> options)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Source>> _towns = new(StringComparer.Ordinal);

    public IReadOnlyList<Source> Of(string municipality)
        => _towns.TryGetValue(municipality, out var sources) ? [.. sources.Values.OrderBy(static source => source.Id, StringComparer.Ordinal)] : [];

    /// <summary>A source that is there or is made; null where the town has too many.</summary>
    public Source? Get(string municipality, string id)
    {
        var sources = _towns.GetOrAdd(municipality, static _ => new ConcurrentDictionary<string, Source>(StringComparer.Ordinal));
        return sources.TryGetValue(id, out var source) ? source
            : sources.Count >= options.Value.MostOfTown ? null
            : sources.GetOrAdd(id, static name => new Source(name));
    }

    public void Remove(string municipality, string id)
    {
        if (_towns.TryGetValue(municipality, out var sources))
        {
            sources.TryRemove(id, out _);
        }
    }
}
