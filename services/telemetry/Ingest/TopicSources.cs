using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.Decoding.Mapping;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Whose topic it is, and how what comes on it is read.</summary>
internal sealed record TopicSource(PayloadSource Payload, bool IsStatus);

/// <summary>
/// What a topic says, found once for each topic of a registered device and anew after each change of the registry. Topics
/// of nobody are not remembered.
/// </summary>
internal sealed class TopicSources : IDisposable
{
    /// <summary>A prefecture's devices with both of their topics; beyond this it starts over.</summary>
    private const int MostTopics = 200_000;

    // Mappings live as long as the town's snapshot that they are of, and those of one kind are one.
    private readonly ConditionalWeakTable<PayloadMapping, PayloadMap> _maps = new();
    private readonly ITownDirectory _towns;
    private readonly IDisposable _subscription;
    private volatile Cache _cache = new();

    public TopicSources(ITownDirectory towns)
    {
        _towns = towns;
        _subscription = towns.OnChange(_ => _cache = new Cache());
    }

    public bool TryFind(string topic, [NotNullWhen(true)] out TopicSource? source, out (string Municipality, string Device, Fault Fault) stray)
    {
        stray = default;
        // Taken before the registry is asked: what is found goes into the cache of that time, which a change throws away.
        var cache = _cache;
        if (cache.Sources.TryGetValue(topic, out source))
        {
            return true;
        }

        source = Resolve(topic, out stray);
        if (source is null)
        {
            return false;
        }

        if (Interlocked.Increment(ref cache.Count) > MostTopics)
        {
            _cache = new Cache();
        }
        else
        {
            cache.Sources.TryAdd(topic, source);
        }

        return true;
    }

    public bool IsRegistered(string municipality, string device, out (string Municipality, string Device, Fault Fault) stray)
        => TryGetDevice(municipality, device, out _, out stray);

    public void Dispose() => _subscription.Dispose();

    private TopicSource? Resolve(string topic, out (string Municipality, string Device, Fault Fault) stray)
    {
        if (MqttTopic.TryParse(topic, out var parsed))
        {
            return TryGetDevice(parsed.Municipality, parsed.Device, out var device, out stray)
                ? new TopicSource(new PayloadSource(parsed.Municipality, parsed.Device) { Map = MapOf(parsed.Municipality, device) }, parsed.Channel == MqttTopic.Status)
                : null;
        }

        if (SparkplugTopic.TryParse(topic, out var sparkplug) && sparkplug.IsFromNode)
        {
            return TryGetDevice(sparkplug.Municipality, sparkplug.Device, out _, out stray)
                ? new TopicSource(new PayloadSource(sparkplug.Municipality, sparkplug.Device) { Sparkplug = sparkplug }, IsStatus: false)
                : null;
        }

        stray = ("", "", new Fault("topic-malformed", $"'{topic}' is neither sc/v1/{{municipality}}/{{device}}/telemetry nor a topic of a Sparkplug node."));
        return null;
    }

    private PayloadMap? MapOf(string municipality, Device device)
    {
        var mapping = device.Payload;
        if (mapping is null && _towns.TryGet(municipality, out var town))
        {
            mapping = town.DeviceKinds.FirstOrDefault(kind => kind.Kind == device.Kind)?.Payload;
        }

        return mapping is null ? null : _maps.GetValue(mapping, PayloadMap.Of);
    }

    private bool TryGetDevice(
        string municipality, string deviceId, [NotNullWhen(true)] out Device? device, out (string Municipality, string Device, Fault Fault) stray)
    {
        (stray, device) = (default, null);
        if (!_towns.TryGet(municipality, out _))
        {
            stray = (municipality, deviceId, new Fault("unknown-municipality", $"'{municipality}' is not served here."));
            return false;
        }

        if (!_towns.TryGetDevice(municipality, deviceId, out device))
        {
            stray = (municipality, deviceId, new Fault("unknown-device", $"'{deviceId}' is not registered in {municipality}."));
            return false;
        }

        return true;
    }

    private sealed class Cache
    {
        public int Count;

        public ConcurrentDictionary<string, TopicSource> Sources { get; } = new(StringComparer.Ordinal);
    }
}
