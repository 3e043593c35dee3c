using System.Globalization;
using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Registry.Planning;

/// <summary>Configuration section <c>Registry</c>: what whoever runs the installation says of it.</summary>
public sealed record InstallationOptions
{
    /// <summary>App ids of the services that run here; empty where nobody said so, and then nothing is warned of.</summary>
    public IReadOnlyList<string> InstalledServices { get; init; } = [];
}

/// <summary>Warns of a service that a manifest onboards and this installation does not run.</summary>
public sealed class InstalledServices(IOptions<InstallationOptions> options)
{
    public IEnumerable<Notice> Check(Town town)
    {
        var installed = options.Value.InstalledServices;
        return installed.Count == 0 ? [] : town.Services
            .Select((service, index) => (service.Name, Field: string.Create(CultureInfo.InvariantCulture, $"services[{index}]")))
            .Where(service => !installed.Contains(service.Name, StringComparer.Ordinal))
            .Select(service => new Notice("service-not-installed", NoticeSeverity.Warning,
                $"{service.Field} is '{service.Name}', which this installation does not run: its addresses answer 404 until it does.")
            {
                Field = service.Field,
                Value = service.Name,
            });
    }
}
