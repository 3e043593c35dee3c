namespace SmartCity.Dapr.Tests.Support;

/// <summary>A directory of resource files for one test.</summary>
internal sealed class ResourceDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dapr-resources-").FullName;

    public static string Component(string name, string type, string metadata = "[]", string more = "")
        => $"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: {type}\n  version: v1\n  metadata: {metadata}\n{more}\n---\n";

    public ResourceDirectory With(string file, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
