using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Shelters;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold inside the files that a manifest names: found when it is planned, not when a service reads them.</summary>
public static class NamedFileRules
{
    /// <summary>The names under which a manifest means files, each with what kind it must be.</summary>
    public static IEnumerable<(string Name, Func<string, byte[], IEnumerable<Notice>> Check)> Of(Town town)
    {
        if (town.Shelters is { Length: > 0 } shelters)
        {
            yield return (shelters, Shelters);
        }

        foreach (var source in town.TransitFeeds.Select(feed => feed.Source).Where(source => !IsUrl(source)).Distinct(StringComparer.Ordinal))
        {
            yield return (source, TransitFeedFile.Check);
        }
    }

    /// <summary>Every bad row; for a good list how much it holds.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="content">Of the file.</param>
    public static IEnumerable<Notice> Shelters(string name, byte[] content)
    {
        var list = ShelterFile.Read(content);
        foreach (var fault in list.Faults)
        {
            yield return Of(name, "shelter-refused", NoticeSeverity.Error, fault);
        }

        foreach (var notice in list.Notices)
        {
            yield return Of(name, "shelter-unclear", NoticeSeverity.Warning, notice);
        }

        if (list.Faults.Count == 0)
        {
            var forFloods = list.Shelters.Count(shelter => shelter.Hazards.Contains("flood", StringComparer.Ordinal));
            yield return new Notice("shelters-read", NoticeSeverity.Info, $"{name}: shelters listed: {list.Shelters.Count}; for floods: {forFloods}.") { File = name };
        }
    }

    /// <summary>Whether a feed's source is fetched, and no file beside the manifest.</summary>
    public static bool IsUrl(string source)
        => source.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static Notice Of(string name, string code, NoticeSeverity severity, ImportFault fault)
        => new(code, severity, $"{name}, {fault}.")
        {
            File = name,
            Line = fault.Line > 0 ? fault.Line : null,
            Field = fault.Column,
            Value = fault.Value,
        };
}
