namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Keeps a second sidecar out of a data directory; the system lets go of it when the process dies.</summary>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "sidecar.lock";
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another sidecar uses the directory, or it cannot be written.</exception>
    public static DirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            return new DirectoryLock(new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new IOException($"The data directory {directory} cannot be used; perhaps another sidecar does: {exception.Message}", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
