using System.Text;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Cli.Onboard;

/// <summary><c>onboard export CODE</c>: the manifest in force, the same bytes as long as nothing changes, with its files.</summary>
internal static class Export
{
    private const string ManifestName = "municipality.yaml";
    public const string SchemaName = "municipality.schema.json";

    public static async Task<int> RunAsync(Session session, string code, string? folder, CancellationToken cancellationToken)
    {
        using var api = await session.ConnectAsync(cancellationToken);
        var path = $"api/registry/municipalities/{Uri.EscapeDataString(code)}/";
        if (folder is null)
        {
            session.Terminal.Raw(await api.GetTextAsync(path + "manifest", session.Json ? "application/json" : "application/yaml", cancellationToken));
            return ExitCodes.Done;
        }

        var yaml = await api.GetTextAsync(path + "manifest", "application/yaml", cancellationToken);
        var town = await api.GetAsync<Town>(path + "manifest", cancellationToken);
        Directory.CreateDirectory(folder);
        foreach (var (name, sha256) in town.Files)
        {
            // The name comes from elsewhere: it must not lead out of the folder.
            var target = NamedFiles.PathWithin(folder, name) ?? throw new CommandException(ExitCodes.Refused, session.Words["file.outside", name]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, await api.GetBytesAsync(path + "files/" + sha256, cancellationToken), cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, SchemaName), MunicipalitySchema.Text, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, ManifestName), yaml, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        session.Terminal.Say(Terminal.Text(session.Words["export.done", Path.Combine(folder, ManifestName), session.Words.Count("files", town.Files.Count)]));
        return ExitCodes.Done;
    }
}
