using System.CommandLine;
using SmartCity.Cli.Output;

namespace SmartCity.Cli.Devices;

/// <summary>What <c>device add</c> says of a device.</summary>
internal sealed class DeviceOptions(Words words)
{
    public Option<string> Kind { get; } = new("--kind") { Description = words["option.deviceKind"], Required = true };

    public Option<string> Name { get; } = new("--name") { Description = words["option.name"], Required = true };

    public Option<string?> Kana { get; } = new("--name-kana") { Description = words["option.nameKana"] };

    public Option<string?> English { get; } = new("--name-en") { Description = words["option.nameEnglish"] };

    public Option<double?> Latitude { get; } = new("--latitude-degrees") { Description = words["option.latitude"] };

    public Option<double?> Longitude { get; } = new("--longitude-degrees") { Description = words["option.longitude"] };

    public Option<double?> Radius { get; } = new("--alert-radius-metres") { Description = words["option.radius"] };

    public Option<bool> Qr { get; } = new("--qr") { Description = words["option.qr"] };

    public IEnumerable<Option> All => [Kind, Name, Kana, English, Latitude, Longitude, Radius, Qr];
}
