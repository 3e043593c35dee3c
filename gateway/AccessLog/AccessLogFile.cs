namespace SmartCity.Gateway.AccessLog;

/// <summary>Where lines go: standard output, or a file that is set aside once when it has its size.</summary>
internal sealed class AccessLogFile(AccessLogOptions options) : IDisposable
{
    private readonly long _mostBytes = options.FileMebibytes * 1024L * 1024;
    private Stream? _stream;

    public void Write(ReadOnlySpan<byte> lines)
    {
        if (options.File is { } path && _stream is { } open && open.Length + lines.Length > _mostBytes)
        {
            open.Dispose();
            _stream = null;
            File.Move(path, path + ".1", overwrite: true);
        }

        _stream ??= Open();
        _stream.Write(lines);
        _stream.Flush();
    }

    public void Dispose() => _stream?.Dispose();

    private Stream Open()
    {
        if (options.File is not { } path)
        {
            return Console.OpenStandardOutput();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }
}
