namespace SmartCity.Mqtt.Tests.Support;

/// <summary>A directory of its own for one test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("smartcity-mqtt-").FullName;

    /// <summary>The journal files as they are on disk now: what a new process would find had this one been killed.</summary>
    public TemporaryDirectory CopyOfJournal()
    {
        var copy = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(Path, "*.log"))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
