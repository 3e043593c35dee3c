using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using SmartCity.ServiceDefaults.Payloads;
using SmartCity.Telemetry.Decoding.SenMl;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// The names of metrics that were seen, by their bytes: a name is checked once, and one string serves all messages. Bad
/// names are not remembered, so that nobody can fill it with them.
/// </summary>
internal sealed class MetricNames
{
    /// <summary>A town has some hundreds; beyond this somebody makes names up, and starting over costs little.</summary>
    private const int MostNames = 20_000;

    /// <summary>In no name that is good, so that a name with a unit is no other name.</summary>
    private const byte Separator = 0;

    private const int LongestUnit = 32;

    private readonly ConcurrentDictionary<byte[], string> _names = new(new Utf8Comparer());
    private readonly ConcurrentDictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private int _count;

    public MetricNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Null for what is no metric's name (<see cref="MetricName.IsValid"/>).</summary>
    public string? Find(ReadOnlySpan<byte> name)
        => name.Length > MetricName.MaximumLength ? null
            : _lookup.TryGetValue(name, out var known) ? known
            : Remember(name, Encoding.UTF8.GetString(name));

    /// <summary>The property name on which the reader stands.</summary>
    /// <exception cref="InvalidOperationException">It is no valid UTF-8 or UTF-16.</exception>
    public string? Find(ref Utf8JsonReader reader)
        => reader.ValueIsEscaped ? Find(Encoding.UTF8.GetBytes(reader.GetString()!)) : Find(reader.ValueSpan);

    /// <summary>A name with the unit of SenML spelled out at its end.</summary>
    public string? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit)
    {
        if (unit.IsEmpty || unit.Length > LongestUnit || name.Length > MetricName.MaximumLength)
        {
            return Find(name);
        }

        Span<byte> key = stackalloc byte[MetricName.MaximumLength + 1 + LongestUnit];
        name.CopyTo(key);
        key[name.Length] = Separator;
        unit.CopyTo(key[(name.Length + 1)..]);
        key = key[..(name.Length + 1 + unit.Length)];
        return _lookup.TryGetValue(key, out var known) ? known
            : Remember(key, SenMlUnits.MetricName(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(unit)));
    }

    private string? Remember(ReadOnlySpan<byte> key, string name)
    {
        if (!MetricName.IsValid(name))
        {
            return null;
        }

        if (Interlocked.Increment(ref _count) > MostNames)
        {
            _names.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return _names.GetOrAdd(key.ToArray(), name);
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
