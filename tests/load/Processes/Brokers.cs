using SmartCity.Load.Reporting;

namespace SmartCity.Load.Processes;

/// <summary>The brokers of a comparison.</summary>
internal static class Brokers
{
    public const string Ours = "SmartCity";

    /// <summary>Starts each in turn, alone on the machine, and hands it to <paramref name="measure"/>.</summary>
    public static async Task EachAsync(LoadOptions options, Report report, Func<IMeasuredBroker, Task> measure)
    {
        await RunAsync(await BrokerProcess.StartAsync(), measure);
        if (options.Peers)
        {
            await RunAsync(await PeerBroker.StartMosquittoAsync(), measure,
                () => report.Note("mosquitto is not installed: apt-get install mosquitto"));
            await RunAsync(await PeerBroker.StartAedesAsync(), measure,
                () => report.Note("aedes is not installed: npm ci in tests/load/peers"));
        }
    }

    private static async Task RunAsync(IMeasuredBroker? broker, Func<IMeasuredBroker, Task> measure, Action? missing = null)
    {
        if (broker is null)
        {
            missing?.Invoke();
            return;
        }

        await using (broker)
        {
            await measure(broker);
        }
    }
}
