using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Text;

namespace SmartCity.Cli.Replay;

/// <summary>A device with what it connects with.</summary>
/// <param name="UserName"><c>{municipality}/{device}</c></param>
internal sealed record DeviceKey(string UserName, string Key);

/// <summary>Keys of devices: the CSV of <c>device import --out</c>, or the host's <c>host.json</c>. They are never shown.</summary>
internal sealed class DeviceKeys
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private DeviceKeys()
    {
    }

    public static async Task<DeviceKeys> ReadAsync(Session session, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, session.Words["keys.missing", path]);
        }

        var text = OfficeText.Decode(await File.ReadAllBytesAsync(path, cancellationToken)) ?? "";
        var keys = new DeviceKeys();
        if (!(text.TrimStart().StartsWith('{') ? keys.TryReadHost(text) : keys.TryReadCsv(text)) || keys._keys.Count == 0)
        {
            throw new CommandException(ExitCodes.Refused, session.Words["keys.malformed", path]);
        }

        return keys;
    }

    /// <summary>The device's key; without a municipality the only device of that id.</summary>
    public DeviceKey? Find(string municipality, string device)
    {
        var user = municipality.Length > 0 ? $"{municipality}/{device}" : null;
        if (user is null)
        {
            var named = _keys.Keys.Where(name => name.EndsWith("/" + device, StringComparison.Ordinal)).Take(2).ToList();
            user = named.Count == 1 ? named[0] : null;
        }

        return user is not null && _keys.TryGetValue(user, out var key) ? new DeviceKey(user, key) : null;
    }

    private bool TryReadCsv(string text)
    {
        (int User, int Key)? columns = null;
        foreach (var (_, fields) in CsvRecords.Read(text))
        {
            if (columns is not { } known)
            {
                columns = (fields.ToList().IndexOf("user_name"), fields.ToList().IndexOf("key"));
                if (columns.Value.User < 0 || columns.Value.Key < 0)
                {
                    return false;
                }
            }
            else if (fields.Count > Math.Max(known.User, known.Key) && fields[known.Key].Length > 0)
            {
                _keys[fields[known.User]] = fields[known.Key];
            }
        }

        return columns is not null;
    }

    private bool TryReadHost(string text)
    {
        try
        {
            foreach (var device in JsonNode.Parse(text)?["devices"] as JsonArray ?? [])
            {
                if (device is JsonObject fields && fields["userName"] is JsonValue user && fields["password"] is JsonValue password)
                {
                    _keys[user.ToString()] = password.ToString();
                }
            }

            return true;
        }
        catch (JsonException)
        {
            // Neither form: the caller says which there are.
            return false;
        }
    }
}
