using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>The last towns that the registry told, on disk.</summary>
internal sealed class TownCache(IOptions<RegistryFeedOptions> options, ILogger<TownCache> log)
{
    public TownChanges? Read()
    {
        try
        {
            return options.Value.CacheFile is { } file && File.Exists(file)
                ? JsonSerializer.Deserialize<TownChanges>(File.ReadAllBytes(file), CityJson.Options)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // A cache is only a faster start: the registry has the same.
            log.TownCacheNotUsed(exception, options.Value.CacheFile!);
            return null;
        }
    }

    public void Write(long version, IReadOnlyList<Town> towns)
    {
        if (options.Value.CacheFile is not { } file)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllBytes(file + ".tmp", JsonSerializer.SerializeToUtf8Bytes(new TownChanges(version, towns, []), CityJson.Options));
            File.Move(file + ".tmp", file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.TownCacheNotUsed(exception, file);
        }
    }
}
