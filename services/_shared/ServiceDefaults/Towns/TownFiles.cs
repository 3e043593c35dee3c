using Microsoft.Extensions.Configuration;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>The files that manifests name, such as a town's list of shelters.</summary>
public interface ITownFiles
{
    /// <summary>The content of a file, or null when there is none of that name.</summary>
    /// <exception cref="IOException">It can't be read now.</exception>
    /// <exception cref="HttpRequestException">The registry can't be reached now.</exception>
    Task<byte[]?> ReadAsync(Town town, string name, CancellationToken cancellationToken);
}

/// <summary>Files beside a region file.</summary>
internal sealed class RegionTownFiles(IConfiguration configuration) : ITownFiles
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(configuration[TownSources.RegionFile]!)) ?? ".";

    public async Task<byte[]?> ReadAsync(Town town, string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, name);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }
}

/// <summary>Files of the registry, known by what they hold.</summary>
internal sealed class RegistryTownFiles(IHttpClientFactory clients) : ITownFiles
{
    public async Task<byte[]?> ReadAsync(Town town, string name, CancellationToken cancellationToken)
    {
        if (!town.Files.TryGetValue(name, out var sha256))
        {
            return null;
        }

        using var client = clients.CreateClient(AppIds.Registry);
        using var answer = await client.GetAsync(new Uri($"internal/files/{sha256}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
