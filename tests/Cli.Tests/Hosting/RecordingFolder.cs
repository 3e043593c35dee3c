namespace SmartCity.Cli.Tests.Hosting;

/// <summary>The recording of the repository, and small ones of the tests' own, in a folder that goes with the test.</summary>
internal sealed class RecordingFolder : IDisposable
{
    public static readonly string Flood = Path.Combine(Repository.Root, "infra", "simulator", "Recordings", "flood-three-gauges.csv");
    public static readonly string FloodRules = Path.Combine(Repository.Root, "infra", "simulator", "Recordings", "flood-rules.yaml");

    public string Folder { get; } = Directory.CreateTempSubdirectory("recordings-").FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
