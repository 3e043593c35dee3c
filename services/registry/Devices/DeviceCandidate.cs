using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Registry.Devices;

/// <summary>A device that somebody wants to register.</summary>
/// <param name="Id">As it was given.</param>
/// <param name="Device">Null where its form has faults, which are known already.</param>
public sealed record DeviceCandidate(string Id, Device? Device)
{
    /// <summary>Whether this very device is registered.</summary>
    public bool IsSameAs(Device registered)
        => Device is not null && JsonNode.DeepEquals(JsonSerializer.SerializeToNode(Device, CityJson.Options), JsonSerializer.SerializeToNode(registered, CityJson.Options));
}

/// <summary>What is wrong with a candidate, or should be looked at.</summary>
/// <param name="Index">Of the candidate; -1 for all of them together.</param>
/// <param name="Field">Of the device, such as <c>latitudeDegrees</c>; empty for the whole.</param>
public sealed record DeviceFault(int Index, string Field, string Code, NoticeSeverity Severity, string? Value, string Message);
