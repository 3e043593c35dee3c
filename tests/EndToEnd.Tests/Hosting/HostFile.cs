namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>The parts of <c>host.json</c> that a client needs.</summary>
internal sealed record HostFile
{
    public required string Gateway { get; init; }

    public required MqttEndPoint Mqtt { get; init; }

    public required Dictionary<string, string> Sidecars { get; init; }

    public required Dictionary<string, string> Services { get; init; }

    public required List<DeviceCredentials> Devices { get; init; }

    public required List<Person> People { get; init; }

    public DeviceCredentials Device(string id) => Devices.Single(device => device.Id == id);

    public string TokenOf(string name) => People.Single(person => person.Name == name).Token;
}

internal sealed record MqttEndPoint(string Host, int Port);

internal sealed record DeviceCredentials(string Municipality, string Id, string UserName, string Password)
{
    public string Topic => $"sc/v1/{UserName}/telemetry";
}

internal sealed record Person(string Name, string Role, string Municipality, string Token);
