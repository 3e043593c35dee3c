using Xunit;

namespace SmartCity.TestKit;

/// <summary>The folder <c>shared/data</c> beside the repository with real files; not everybody has it.</summary>
public static class SharedData
{
    private static readonly string? Root = Find();

    public static bool Exists => Root is not null;

    public static string PathOf(params string[] parts) => Path.Combine([Root!, .. parts]);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A fact about the real files.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactIfSharedDataAttribute : FactAttribute
{
    public FactIfSharedDataAttribute()
    {
        if (!SharedData.Exists)
        {
            Skip = "needs ../shared/data";
        }
    }
}

/// <summary>A theory about the real files.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryIfSharedDataAttribute : TheoryAttribute
{
    public TheoryIfSharedDataAttribute()
    {
        if (!SharedData.Exists)
        {
            Skip = "needs ../shared/data";
        }
    }
}
