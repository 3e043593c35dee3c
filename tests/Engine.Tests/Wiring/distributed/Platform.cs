using System.Globalization;

namespace SmartCity.Engine.Tests.Wiring;

/// <summary>
/// An MQTT broker, a daprd with app id <c>engine-tests</c> and a PostgreSQL that somebody else started; README.md says
/// how, environment variables say where.
/// </summary>
internal sealed class Platform : IAsyncDisposable
{
    private Platform()
    {
    }

    public int MqttPort { get; } = int.Parse(Read("ENGINE_TESTS_MQTT_PORT", "1883"), CultureInfo.InvariantCulture);

    /// <summary>daprd's <c>--app-port</c> on this machine.</summary>
    public Uri AppUrl { get; } = new($"http://127.0.0.1:{Read("ENGINE_TESTS_APP_PORT", "5199")}");

    /// <summary>Dapr's ports come from its own variables, DAPR_HTTP_PORT and DAPR_GRPC_PORT.</summary>
    public string[] Settings { get; } =
    [
        $"--ConnectionStrings:Orleans={Read("ENGINE_TESTS_ORLEANS", "Host=127.0.0.1;Database=orleans;Username=postgres")}",
        $"--Orleans:ClusterId=engine-tests-{Guid.NewGuid():N}",
    ];

    public static Task<Platform> StartAsync() => Task.FromResult(new Platform());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Read(string name, string otherwise) => Environment.GetEnvironmentVariable(name) ?? otherwise;
}
