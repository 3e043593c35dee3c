using System.Net;
using SmartCity.Contracts.Towns;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Staff.SignIn;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Staff.Alerting;

/// <summary>One officer's questions to the alerts service, with their own token: it decides what they may do.</summary>
internal sealed class OfficerDesk(string municipality, HttpContext http, AlertsDesk desk)
{
    /// <summary>Least time between two looks of a guest's open page.</summary>
    public const int GuestPaceMilliseconds = 60_000;

    public string Municipality { get; } = municipality;

    public HttpContext Http { get; } = http;

    /// <summary>Every look of a guest is a line of the exchange log: their pages do not look every few seconds.</summary>
    public bool LooksOften => !Http.User.IsGuestIn(Municipality);

    /// <param name="patience">Where the page shows other things too and should not wait for this.</param>
    public async Task<DeskAnswer<T>> GetAsync<T>(string path, TimeSpan? patience = null)
        where T : class
        => await desk.SendAsync<T>(new AlertsCall(HttpMethod.Get, Municipality, path, Token: await Http.AccessTokenAsync()) { Patience = patience ?? Timeout.InfiniteTimeSpan }, Http);

    /// <param name="key">By which the service knows the same when it comes again.</param>
    public async Task<DeskAnswer<T>> PostAsync<T>(string path, object? body = null, string? key = null)
        where T : class
        => await desk.SendAsync<T>(new AlertsCall(HttpMethod.Post, Municipality, path, body, await Http.AccessTokenAsync()) { Key = key }, Http);

    public async Task<DeskAnswer<T>> PutAsync<T>(string path, object body)
        where T : class
        => await desk.SendAsync<T>(new AlertsCall(HttpMethod.Put, Municipality, path, body, await Http.AccessTokenAsync()), Http);

    public async Task<IResult> DownloadAsync(string path, string name)
    {
        var file = await desk.DownloadAsync(new AlertsCall(HttpMethod.Get, Municipality, path, Token: await Http.AccessTokenAsync()), Http);
        Http.Response.Headers.CacheControl = "no-store";
        return file is { } csv ? Results.Bytes(csv.Content, csv.MediaType, csv.Name?.Trim('"') ?? name) : Trouble(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>The town, or null where it is not served (any more).</summary>
    public Town? Town => Http.RequestServices.GetRequiredService<ITownDirectory>().TryGet(Municipality, out var town) ? town : null;

    public string Url(string path = "") => $"/{Municipality}/staff/alerts{path}";

    /// <summary>Why there is nothing to show.</summary>
    public IResult Trouble(HttpStatusCode status) => StaffTrouble.Of(Municipality, status, Http);
}
