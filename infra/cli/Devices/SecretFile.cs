using System.Text;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Cli.Devices;

/// <summary>A new file that only its owner can read. It is made before the keys are, because keys come only once.</summary>
internal sealed class SecretFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private bool _isWritten;

    private SecretFile(string path, FileStream stream) => (_path, _stream) = (path, stream);

    public static SecretFile Create(string path, Words words)
    {
        if (File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, words["secret.exists", path]);
        }

        return new SecretFile(path, new FileStream(path, OwnerOnly.Write(FileMode.CreateNew)));
    }

    /// <param name="mark">Whether office software needs to be told that this is UTF-8.</param>
    public async Task WriteAsync(string text, bool mark, CancellationToken cancellationToken)
    {
        await using (var writer = new StreamWriter(_stream, new UTF8Encoding(mark), leaveOpen: true))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }

        _stream.Flush(flushToDisk: true);
        _isWritten = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_isWritten)
        {
            File.Delete(_path);
        }
    }
}
