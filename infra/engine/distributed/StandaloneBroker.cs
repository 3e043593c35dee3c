namespace SmartCity.Engine;

/// <summary>The distributed engine brings no broker of its own.</summary>
public static class StandaloneBroker
{
    public static Task<IStandaloneBroker> StartAsync(StandaloneBrokerOptions options, CancellationToken cancellationToken)
        => throw new PlatformNotSupportedException(
            "The broker belongs to the embedded engine: build the host with -p:Engine=embedded. "
            + "The distributed engine uses an external broker, as infra/compose.yaml does.");
}
