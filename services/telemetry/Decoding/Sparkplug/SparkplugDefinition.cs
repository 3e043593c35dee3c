namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>What a birth certificate says of one metric.</summary>
/// <param name="SubDevice">The device behind the node, or null for the node itself.</param>
/// <param name="Metric">Our name of it; null where it is no reading: a control, a text, a name that can't be ours.</param>
/// <param name="Datatype">Sparkplug's number of the type.</param>
/// <param name="Alias">What stands for the name in data, or null.</param>
internal sealed record SparkplugDefinition(string? SubDevice, string? Metric, uint Datatype, ulong? Alias);
