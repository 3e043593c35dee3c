namespace SmartCity.Engine;

/// <summary>The distributed engine brings no broker and no sidecar of its own.</summary>
public static class LocalPlatform
{
    public static Task<ILocalPlatform> StartAsync(LocalPlatformOptions options, CancellationToken cancellationToken)
        => throw new PlatformNotSupportedException(
            "The one-machine host needs the embedded engine: build it with -p:Engine=embedded. "
            + "The distributed engine runs each service beside daprd, an MQTT broker and PostgreSQL.");
}
