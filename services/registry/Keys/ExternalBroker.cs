using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Registry.Keys;

/// <summary>Answers a broker that asks for each client, by the rules that the embedded broker has.</summary>
public sealed class ExternalBroker(RegistryDbContext database, IOptions<DeviceMqttOptions> options, TimeProvider clock)
{
    public async Task<bool> MayConnectAsync(string? userName, string password, CancellationToken cancellationToken)
    {
        if (userName is not null && userName == options.Value.ServiceUserName)
        {
            return IsPassword(password, options.Value.ServicePasswordSha256);
        }

        if (userName is not null && userName == options.Value.TransitUserName)
        {
            return IsPassword(password, options.Value.TransitPasswordSha256);
        }

        var given = DeviceKeyText.HashOf(password);
        var matches = false;
        foreach (var key in await KeysOfAsync(userName, cancellationToken))
        {
            matches |= CryptographicOperations.FixedTimeEquals(given, key.Sha256);
        }

        return matches;
    }

    public async Task<bool> MayAsync(string? userName, string topic, TopicAct act, CancellationToken cancellationToken)
    {
        if (userName is null || act == TopicAct.None)
        {
            return false;
        }

        if (userName == options.Value.TransitUserName)
        {
            return act == TopicAct.Subscribe && DeviceRights.MayFollow(topic);
        }

        var isService = userName == options.Value.ServiceUserName;
        return (!act.HasFlag(TopicAct.Publish) || DeviceRights.MayPublish(userName, topic, isService))
            && (!act.HasFlag(TopicAct.Subscribe) || DeviceRights.MaySubscribe(userName, topic, isService))
            // A broker may keep a session whose key was revoked: then it may do nothing any more.
            && (isService || (await KeysOfAsync(userName, cancellationToken)).Count > 0);
    }

    private static bool IsPassword(string password, string? sha256)
        => sha256 is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(password)), Convert.FromHexString(sha256));

    private async Task<List<DeviceKeyRow>> KeysOfAsync(string? userName, CancellationToken cancellationToken)
    {
        if (!DeviceRights.TrySplit(userName, out var municipality, out var device))
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var rows = await database.DeviceKeys.IgnoreQueryFilters().AsNoTracking()
            .Where(key => key.Municipality == municipality && key.Device == device && key.RevokedAt == null).ToListAsync(cancellationToken);
        return rows.FindAll(key => key.StateAt(now) is KeyState.Valid or KeyState.Expiring);
    }
}
