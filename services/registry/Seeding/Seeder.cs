using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Data;
using SmartCity.Registry.Keys;
using SmartCity.Registry.Planning;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Manifests;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Seeding;

/// <summary>Configuration section <c>Registry:Seed</c>: municipalities that are there from the first start on, without anybody's approval.</summary>
public sealed record SeedOptions
{
    /// <summary>A region file whose municipalities are taken where the registry has never had them; refused outside Development.</summary>
    public string? RegionFile { get; init; }

    /// <summary>
    /// A JSON object of SHA-256 hashes in hexadecimal by user name: the first keys of that region's devices. Taken
    /// together with a municipality and never again, so that a key which was revoked stays revoked.
    /// </summary>
    public string? KeysFile { get; init; }
}

/// <summary>Sets up a demo region. What people changed since stays as they changed it.</summary>
internal sealed class Seeder(
    IServiceScopeFactory scopes, Planner planner, IOptions<SeedOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<Seeder> log) : IHostedService
{
    private const string Who = "host";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.RegionFile is not { Length: > 0 } file)
        {
            return;
        }

        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                "Registry:Seed:RegionFile is for demonstrations: it puts municipalities in force that nobody approved. Leave it out, and onboard them with `smartcity onboard`.");
        }

        var keys = await KeysAsync(cancellationToken);
        foreach (var town in RegionFile.Load(file).Municipalities)
        {
            await SeedAsync(town, Path.GetDirectoryName(Path.GetFullPath(file))!, keys, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAsync(Town town, string folder, IReadOnlyDictionary<string, string> keys, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        var database = scope.ServiceProvider.GetRequiredService<RegistryDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await database.Towns.AnyAsync(cancellationToken))
        {
            return;
        }

        town = await WithFilesAsync(database, town, folder, cancellationToken);
        var version = await database.NextVersionAsync(cancellationToken);
        var now = clock.GetJapanNow();
        database.Towns.Add(new TownRow { Municipality = town.Code, Manifest = town, Version = version, ChangedAt = now });
        database.Changes.Add(new ChangeRequest
        {
            Municipality = town.Code,
            Kind = ChangeKind.Seed,
            Status = ChangeStatus.Applied,
            Manifest = town,
            Plan = await planner.MakeAsync(null, town, [], cancellationToken),
            ProposedBy = Who,
            ProposedAt = now,
            DecidedBy = Who,
            DecidedAt = now,
            Version = version,
        });
        AddKeys(database, town, keys, version, now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.Seeded(town.Code, town.Devices.Count);
    }

    private async Task<IReadOnlyDictionary<string, string>> KeysAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeysFile is not { Length: > 0 } file)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        await using var content = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(content, CityJson.Options, cancellationToken)
            ?? throw new InvalidOperationException($"Registry:Seed:KeysFile {file} holds no JSON object of hashes by user name.");
    }

    private static void AddKeys(RegistryDbContext database, Town town, IReadOnlyDictionary<string, string> keys, long version, DateTimeOffset now)
        => database.DeviceKeys.AddRange(town.Devices
            .Where(device => keys.ContainsKey(MqttTopic.UserName(town.Code, device.Id)))
            .Select(device => new DeviceKeyRow
            {
                Municipality = town.Code,
                Device = device.Id,
                KeyId = "key-demo",
                Sha256 = Convert.FromHexString(keys[MqttTopic.UserName(town.Code, device.Id)]),
                CreatedBy = Who,
                CreatedAt = now,
                Version = version,
            }));

    private async Task<Town> WithFilesAsync(RegistryDbContext database, Town town, string folder, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(town.Files, StringComparer.Ordinal);
        var stored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in NamedFileRules.Of(town).Select(file => file.Name).Where(name => File.Exists(Path.Combine(folder, name))))
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellationToken);
            files[name] = Convert.ToHexStringLower(SHA256.HashData(content));
            if (stored.Add(files[name]))
            {
                database.Files.Add(new StoredFile { Municipality = town.Code, Sha256 = files[name], Content = content, UploadedBy = Who, UploadedAt = clock.GetJapanNow() });
            }
        }

        return town with { Files = files };
    }
}
