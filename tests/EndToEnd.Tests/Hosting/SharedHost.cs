namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>One host for all tests of a class: starting one costs more than what most tests do with it.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal HostProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() => Process = await HostProcess.StartAsync("--no-simulator");

    public async Task DisposeAsync() => await Process.DisposeAsync();
}
