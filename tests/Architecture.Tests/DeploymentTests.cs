using SmartCity.Contracts;
using YamlDotNet.Serialization;

namespace SmartCity.Architecture.Tests;

/// <summary>The files that run the distributed engine name what the code has.</summary>
public sealed class DeploymentTests
{
    private static readonly string[] Projects = Directory.GetFiles(SourceTree.Root, "Program.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(SourceTree.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
        .Where(folder => folder == "gateway" || (folder.StartsWith("services/", StringComparison.Ordinal) && !folder.Contains("/bin/", StringComparison.Ordinal)))
        .ToArray();

    [Fact]
    public void Compose_RunsEveryServiceBesideItsSidecar()
    {
        var services = Map(Read("infra/compose.yaml")["services"]);

        Projects.Length.ShouldBeGreaterThan(3);
        foreach (var project in Projects)
        {
            var appId = Path.GetFileName(project);
            AppIds.InPortOrder.ShouldContain(appId);
            Map(Map(Map(services[appId])["build"])["args"])["PROJECT"].ShouldBe(project);
            var sidecar = Map(services[appId + "-dapr"]);
            // Both live in a network that outlives either of them.
            sidecar["network_mode"].ShouldBe($"service:{appId}-network");
            Map(services[appId])["network_mode"].ShouldBe(sidecar["network_mode"]);
            Map(Map(Map(services[appId + "-network"])["networks"])["default"])["aliases"].ShouldBe(new List<object> { appId });
            var command = ((List<object>)sidecar["command"]).Cast<string>().ToArray();
            command[Array.IndexOf(command, "--app-id") + 1].ShouldBe(appId);
            command[Array.IndexOf(command, "--dapr-listen-addresses") + 1].ShouldBe("127.0.0.1");
        }
    }

    [Fact]
    public void DaprRunFile_RunsEveryServiceOnItsPorts()
    {
        var apps = ((List<object>)Read("infra/dapr/run.yaml")["apps"]).Select(Map).ToDictionary(app => (string)app["appID"]);

        apps.Keys.Order().ShouldBe(Projects.Select(project => Path.GetFileName(project)!).Order());
        foreach (var (appId, app) in apps)
        {
            var place = AppIds.InPortOrder.ToList().IndexOf(appId);
            app["daprHTTPPort"].ShouldBe($"{3501 + place}");
            app["appPort"].ShouldBe(appId == AppIds.Gateway ? "8080" : $"{5101 + place}");
            ((List<object>)app["command"]).ShouldContain($"http://127.0.0.1:{app["appPort"]}");
            Directory.Exists(Path.Combine(SourceTree.Root, "infra", "dapr", (string)app["appDirPath"])).ShouldBeTrue();
        }
    }

    [Fact]
    public void Configuration_NamedByDeployments_IsReadByTheCode()
    {
        var source = string.Concat(SourceTree.Files.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(file => file.Text));
        var keys = Map(Read("infra/compose.yaml")["services"]).Values.Select(Map)
            .Where(service => service.ContainsKey("environment"))
            .SelectMany(service => Map(service["environment"]).Keys)
            .Where(key => key.Contains("__", StringComparison.Ordinal))
            .Distinct().ToArray();

        keys.ShouldContain("ConnectionStrings__Orleans");
        foreach (var key in keys)
        {
            var last = key.Split("__")[^1];
            (source.Contains($"\"{last}\"", StringComparison.Ordinal) || source.Contains($"\"{key.Replace("__", ":", StringComparison.Ordinal)}\"", StringComparison.Ordinal)
                || source.Contains($" {last} {{ get; init; }}", StringComparison.Ordinal)).ShouldBeTrue($"nothing reads {key}");
        }
    }

    [Fact]
    public void Workflow_BuildsAnImageOfEveryService()
    {
        var workflow = File.ReadAllText(Path.Combine(SourceTree.Root, ".github", "workflows", "ci.yml"));

        Projects.ShouldAllBe(project => workflow.Contains(project, StringComparison.Ordinal));
    }

    private static Dictionary<string, object> Read(string path)
    {
        // Merge keys (<<) are what compose makes of anchors.
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(File.ReadAllText(Path.Combine(SourceTree.Root, path)))));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
    }

    private static Dictionary<string, object> Map(object value)
        => ((IDictionary<object, object>)value).ToDictionary(pair => (string)pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
