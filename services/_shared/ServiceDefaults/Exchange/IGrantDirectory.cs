using System.Net.Http.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Knows who may act for whom, now. Nothing is remembered between two questions: a grant ends when it is revoked.</summary>
public interface IGrantDirectory
{
    /// <summary>The grants in force by which the actor may do this for the subject.</summary>
    /// <exception cref="HttpRequestException">The registry can't be asked; nobody acts for anybody meanwhile.</exception>
    Task<IReadOnlyList<GrantView>> FindAsync(string actor, string subject, string scope, CancellationToken cancellationToken);
}

/// <summary>Asks the registry through the sidecar.</summary>
internal sealed class SidecarGrants(IHttpClientFactory clients) : IGrantDirectory
{
    public const string ClientName = "registry-grants";

    public async Task<IReadOnlyList<GrantView>> FindAsync(string actor, string subject, string scope, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        var query = $"/internal/grants?actor={Uri.EscapeDataString(actor)}&subject={Uri.EscapeDataString(subject)}&scope={Uri.EscapeDataString(scope)}";
        var page = await client.GetFromJsonAsync<Page<GrantView>>(new Uri(query, UriKind.Relative), CityJson.Options, cancellationToken);
        return page?.Items ?? [];
    }
}
