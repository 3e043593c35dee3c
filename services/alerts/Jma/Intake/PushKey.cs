using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>The installation's secret for pushes, made once.</summary>
public sealed class PushKey(IOptions<JmaOptions> options, DatabaseKind database)
{
    private readonly Lazy<string?> _key = new(() => (options.Value.SecretFile ?? SecretFile.BesideOf(database, "jma-push.key")) is { } file
        ? SecretFile.ReadOrMake(file, () => RandomNumberGenerator.GetHexString(64, lowercase: true)).Trim()
        : null);

    /// <summary>Null where there is no place for one: PostgreSQL without <c>Alerts:Jma:SecretFile</c>. Then no push is asked for or taken.</summary>
    public string? Value => options.Value.HasPush ? _key.Value : null;
}
