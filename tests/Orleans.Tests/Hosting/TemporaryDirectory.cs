namespace SmartCity.Orleans.Tests.Hosting;

/// <summary>A directory of the test's own.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleans-").FullName;

    /// <summary>What a process that is killed now leaves behind.</summary>
    public TemporaryDirectory Image()
    {
        var image = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(Path, "*.log", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(image.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return image;
    }

    public string[] Logs() => Directory.GetFiles(Path, "*.log", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
