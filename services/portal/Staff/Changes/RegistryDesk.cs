using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.My;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>The registry, asked through the sidecar with the person's own token: what they may do is decided there.</summary>
public sealed class RegistryDesk(IHttpClientFactory clients, ILogger<RegistryDesk> log)
{
    public const string ClientName = "registry-desk";

    /// <summary>Newest first.</summary>
    /// <param name="status">Null for all.</param>
    /// <param name="after">The list's own key of the next page, or null for the first.</param>
    public Task<DeskAnswer<Page<ChangeView>>> ListAsync(string municipality, ChangeStatus? status, string? after, HttpContext http)
        => SendAsync<Page<ChangeView>>(
            HttpMethod.Get,
            $"changes?municipality={municipality}&limit=50" + (status is null ? "" : $"&status={status}") + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)),
            null, http);

    /// <summary>One change; one of another municipality is not found, also for a person of both.</summary>
    public async Task<DeskAnswer<ChangeView>> GetAsync(string municipality, long id, HttpContext http)
    {
        var answer = await SendAsync<ChangeView>(HttpMethod.Get, Path(id), null, http);
        return answer.Value is null || answer.Value.Municipality == municipality ? answer : new DeskAnswer<ChangeView>(null, HttpStatusCode.NotFound, "unknown-change", null);
    }

    public Task<DeskAnswer<ChangeView>> ApproveAsync(long id, string digest, HttpContext http)
        => SendAsync<ChangeView>(HttpMethod.Post, Path(id) + "/approve", new { digest }, http);

    public Task<DeskAnswer<ChangeView>> RejectAsync(long id, string reason, HttpContext http)
        => SendAsync<ChangeView>(HttpMethod.Post, Path(id) + "/reject", new { reason }, http);

    /// <summary>Who read or wrote the person's data, newest first, in any municipality.</summary>
    /// <param name="language">Of the sentences.</param>
    public Task<DeskAnswer<Page<MyRecord>>> MyRecordsAsync(string? after, string language, HttpContext http)
        => SendAsync<Page<MyRecord>>(HttpMethod.Get, "my/exchange-log?limit=50" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), null, http, language);

    /// <summary>Who may act for the person, and for whom the person may act, newest first; staff see here what concerns them alone.</summary>
    public Task<DeskAnswer<Page<GrantView>>> GrantsAsync(string municipality, string person, HttpContext http)
        => SendAsync<Page<GrantView>>(
            HttpMethod.Get, $"municipalities/{municipality}/grants?limit=100" + (http.User.IsInRole(CityRoles.Resident) ? "" : "&subject=" + Uri.EscapeDataString(person)), null, http);

    /// <summary>Every grant of the municipality, or of one of its residents. The registry notes that it was read.</summary>
    public Task<DeskAnswer<Page<GrantView>>> TownGrantsAsync(string municipality, string? subject, string? after, HttpContext http)
        => SendAsync<Page<GrantView>>(
            HttpMethod.Get,
            $"municipalities/{municipality}/grants?limit=50" + (subject is null ? "" : "&subject=" + Uri.EscapeDataString(subject)) + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), null, http);

    public Task<DeskAnswer<GrantView>> GiveGrantAsync(string municipality, object grant, HttpContext http)
        => SendAsync<GrantView>(HttpMethod.Post, $"municipalities/{municipality}/grants", grant, http);

    public Task<DeskAnswer<GrantView>> ConfirmGrantAsync(string municipality, string id, HttpContext http)
        => SendAsync<GrantView>(HttpMethod.Post, $"municipalities/{municipality}/grants/{Uri.EscapeDataString(id)}/confirm", null, http);

    public Task<DeskAnswer<GrantView>> EndGrantAsync(string municipality, string id, HttpContext http)
        => SendAsync<GrantView>(HttpMethod.Delete, $"municipalities/{municipality}/grants/{Uri.EscapeDataString(id)}", null, http);

    private async Task<DeskAnswer<T>> SendAsync<T>(HttpMethod method, string path, object? body, HttpContext http, string? language = null)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri("api/registry/" + path, UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await http.AccessTokenAsync());
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            request.Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options);
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, http.RequestAborted);
            return await DeskAnswer<T>.ReadAsync(answer, http.RequestAborted);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            log.BackendUnreachable(AppIds.Registry, path, exception.Message);
            return new DeskAnswer<T>(null, HttpStatusCode.ServiceUnavailable, null, null);
        }
    }

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"changes/{id}");
}
