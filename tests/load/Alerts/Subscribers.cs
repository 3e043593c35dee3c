using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmartCity.Alerts.Delivery.Channels.Webhook;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Load.Alerts;

/// <summary>Writes many subscriptions into the database of a host that does not run: each by the API would take minutes.</summary>
internal static class Subscribers
{
    public const string WebPush = "web-push";
    public const string Webhook = "webhook";

    private const int Browsers = 100_000;

    /// <param name="data">The host's data directory, which has been started once.</param>
    /// <param name="channel">How subscription <c>n</c> is reached.</param>
    /// <param name="receiver">They are at <c>{receiver}{n}</c>.</param>
    public static async Task WriteAsync(string data, int count, Func<int, string> channel, Uri receiver)
    {
        var databases = Path.Combine(data, "databases");
        var vault = new AddressVault(new FieldCipher(FieldKeys.Parse(await File.ReadAllTextAsync(Path.Combine(databases, "field-keys.json")))));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(databases, "alerts.db")};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        var keys = Enumerable.Range(0, Browsers).Select(_ => BrowserKey()).ToArray();
        await using var people = Command(connection, transaction, """
            INSERT INTO subscription (id, municipality, languages, minimum_level, drills, is_test_recipient, created_at)
            VALUES (@id, @town, '["ja"]', 1, 0, 0, @now)
            """, "@id", "@town", "@now");
        await using var addresses = Command(connection, transaction, """
            INSERT INTO subscription_address (subscription_id, rank, municipality, channel, fingerprint, address, masked, confirmed_at, confirm_tries)
            VALUES (@id, 0, @town, @channel, @fingerprint, @address, 'load', @now, 0)
            """, "@id", "@town", "@now", "@channel", "@fingerprint", "@address");
        for (var number = 0; number < count; number++)
        {
            var id = RandomNumberGenerator.GetHexString(24, lowercase: true);
            var url = string.Create(CultureInfo.InvariantCulture, $"{receiver}{number}");
            var address = channel(number) == WebPush
                ? JsonSerializer.Serialize(new { Endpoint = url, P256dh = keys[number % Browsers], Auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)) })
                : JsonSerializer.Serialize(new { Url = url, Secret = WebhookSignature.NewSecret() });
            await RunAsync(people, id, MeasuredHost.Town, UnixMicroseconds.From(DateTimeOffset.UtcNow));
            await RunAsync(addresses, id, MeasuredHost.Town, UnixMicroseconds.From(DateTimeOffset.UtcNow), channel(number), vault.Fingerprint(channel(number), url), vault.Close(MeasuredHost.Town, id, address));
        }

        await transaction.CommitAsync();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        Array.ForEach(names, name => command.Parameters.Add(new SqliteParameter(name, null)));
        return command;
    }

    private static async Task RunAsync(SqliteCommand command, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        await command.ExecuteNonQueryAsync();
    }

    private static string BrowserKey()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Base64Url.EncodeToString((byte[])[4, .. point.X!, .. point.Y!]);
    }
}
