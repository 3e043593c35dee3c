using System.Reflection;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>Parts beyond the SDK that some tests use; where one is missing its tests say so and are skipped.</summary>
internal static class Needs
{
    public const string Chromium = "/usr/bin/chromium";
    public const string MosquittoPublish = "/usr/bin/mosquitto_pub";

    public static string RepositoryRoot { get; } = typeof(Needs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string NodeFolder => Path.Combine(RepositoryRoot, "tests", "node");

    public static string? MissingNode => Directory.Exists(Path.Combine(NodeFolder, "node_modules", "mqtt")) ? null : "skipped: needs `npm ci` in tests/node";

    public static string? Missing(string file) => File.Exists(file) ? null : $"skipped: needs {file}";
}

/// <summary>A test in a real browser.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Needs.Missing(Needs.Chromium) ?? Needs.MissingNode!;
}

/// <summary>A test with Debian's mosquitto_pub.</summary>
public sealed class MosquittoFactAttribute : FactAttribute
{
    public MosquittoFactAttribute() => Skip = Needs.Missing(Needs.MosquittoPublish)!;
}

/// <summary>A test with the npm package mqtt, at both protocol versions.</summary>
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = Needs.MissingNode!;
}
