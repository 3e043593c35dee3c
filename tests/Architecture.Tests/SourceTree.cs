using System.Reflection;

namespace SmartCity.Architecture.Tests;

/// <summary>A file of the repository: path relative to its root, with '/', and its text.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n');

    /// <summary>The service folder that the file is in, or null.</summary>
    public string? Service => Path.StartsWith("services/", StringComparison.Ordinal) && !Path.StartsWith("services/_shared/", StringComparison.Ordinal)
        ? Path.Split('/')[1]
        : null;
}

/// <summary>The repository's own sources, without what builds make of them.</summary>
internal static class SourceTree
{
    private static readonly string[] Folders = ["services", "gateway", "infra", "tests"];
    private static readonly string[] Endings = [".cs", ".csproj", ".razor", ".js", ".css"];

    public static string Root { get; } = typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<SourceFile> Files { get; } = Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
        .Where(path => Endings.Contains(Path.GetExtension(path)))
        .Select(path => (Full: path, Relative: Path.GetRelativePath(Root, path).Replace('\\', '/')))
        .Where(path => !path.Relative.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
        .Select(path => new SourceFile(path.Relative, File.ReadAllText(path.Full)))
        .ToArray();
}
