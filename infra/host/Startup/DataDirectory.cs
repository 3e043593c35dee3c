using System.Security.Cryptography;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Host.Startup;

/// <summary>The host's directory of data, held by one host at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    public DataDirectory(string path)
    {
        Path = path;
        try
        {
            Directory.CreateDirectory(path);
            _lock = new FileStream(Combine("host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new HostStartException($"The data directory {path} cannot be written: {exception.Message}. Choose another with --data DIR.", exception);
        }
        catch (IOException exception)
        {
            throw new HostStartException($"The data directory {path} is in use by another host, or cannot be written ({exception.Message}). Stop that host or choose another with --data DIR.", exception);
        }
    }

    public string Path { get; }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A secret that is made at the first start and then stays: 32 bytes, as base64.</summary>
    public string KeepSecret(string name)
    {
        if (!File.Exists(Combine(name)))
        {
            WriteSecret(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        return File.ReadAllText(Combine(name)).Trim();
    }

    /// <summary>Writes a file whole or not at all, readable by its owner only: it may hold credentials.</summary>
    public void WriteSecret(string name, string content)
    {
        var path = Combine(name);
        var temporary = path + ".tmp";
        using (var writer = new StreamWriter(temporary, OwnerOnly.Write(FileMode.Create)))
        {
            writer.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();
}
