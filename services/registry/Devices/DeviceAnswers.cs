using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Keys;

namespace SmartCity.Registry.Devices;

/// <summary>A device with what its installer needs: the key is shown here and never again.</summary>
public sealed record DeviceAnswer
{
    public required string Id { get; init; }

    public required Device Device { get; init; }

    /// <summary>MQTT user name.</summary>
    public required string UserName { get; init; }

    /// <summary>Where the device publishes.</summary>
    public required string Topic { get; init; }

    public string? KeyId { get; init; }

    /// <summary>MQTT password; null when the request was answered before.</summary>
    public string? Key { get; init; }

    public string? QrSvg { get; init; }

    public string? QrText { get; init; }

    /// <summary>What to do where there is no key.</summary>
    public string? Hint { get; init; }

    /// <summary>What is not wrong, but should be looked at.</summary>
    public IReadOnlyList<Notice>? Notices { get; init; }

    internal static DeviceAnswer Of(RegisteredDevice registered, InstallerCode code, string? qr)
    {
        var access = code.Add(registered.Access, qr);
        return new DeviceAnswer
        {
            Id = registered.Id,
            Device = registered.Device,
            UserName = access.UserName,
            Topic = access.Topic,
            KeyId = access.KeyId.Length > 0 ? access.KeyId : null,
            Key = access.Key,
            QrSvg = access.QrSvg,
            QrText = access.QrText,
            Hint = access.Hint,
        };
    }
}

/// <summary>A registered device with its keys, but without any key itself.</summary>
public sealed record DeviceDetails(string Id, Device Device, string UserName, string Topic, IReadOnlyList<KeyView> Keys);

/// <summary>What an import did, or would do.</summary>
/// <param name="Created">Devices that were registered.</param>
/// <param name="Valid">Rows that can be registered.</param>
/// <param name="Items">The devices with their keys; none in a dry run.</param>
/// <param name="Notices">What should be looked at.</param>
/// <param name="Version">The registry's version after it; null when nothing changed.</param>
public sealed record ImportAnswer(bool DryRun, int Created, int Valid, IReadOnlyList<DeviceAnswer> Items, IReadOnlyList<Notice> Notices, long? Version);
