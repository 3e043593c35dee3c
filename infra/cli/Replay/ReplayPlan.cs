using SmartCity.Cli.Recordings;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Replay;

/// <summary>One MQTT message: what a device measured at one time.</summary>
internal sealed record ReplayMessage(string UserName, string Key, DateTimeOffset At, IReadOnlyList<(string Metric, double Value)> Values);

/// <summary>Makes messages of readings, each with its device's key; a key that is missing is told before anything is sent.</summary>
internal static class ReplayPlan
{
    public static IReadOnlyList<ReplayMessage> Of(IReadOnlyList<RecordedReading> readings, DeviceKeys keys, ReplayOrder order, Session session)
    {
        var users = new Dictionary<(string, string), DeviceKey?>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var messages = new List<ReplayMessage>();
        foreach (var group in readings.GroupBy(reading => (reading.At, reading.Municipality, reading.Device)))
        {
            var (at, municipality, device) = group.Key;
            var town = order.Municipality ?? municipality;
            if (!users.TryGetValue((town, device), out var key))
            {
                users[(town, device)] = key = keys.Find(town, device);
            }

            if (key is null)
            {
                missing.Add(town.Length > 0 ? $"{town}/{device}" : device);
            }
            else
            {
                messages.Add(new ReplayMessage(key.UserName, key.Key, at,
                    [.. group.GroupBy(reading => reading.Metric, StringComparer.Ordinal).Select(metric => (metric.Key, metric.First().Value))]));
            }
        }

        return missing.Count == 0 ? messages : throw new CommandException(ExitCodes.Refused, session.Words["replay.noKey", order.KeyFile, string.Join(", ", missing.Take(20))]);
    }
}
