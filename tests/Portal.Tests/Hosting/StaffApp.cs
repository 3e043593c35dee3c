using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Tests.Hosting;

/// <summary>The portal with an issuer and a registry behind it, and a browser that keeps cookies.</summary>
public sealed partial class StaffApp : IAsyncDisposable
{
    public const string Town = "172022";

    private readonly WebApplication _outside;
    private readonly WebApplication _portal;
    private readonly string _region;
    private readonly SocketsHttpHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
    private readonly HttpClient _client;

    private StaffApp(WebApplication outside, WebApplication portal, FakeIssuer issuer, Desk desk, string region)
    {
        (_outside, _portal, Issuer, Registry, _region) = (outside, portal, issuer, desk, region);
        _client = new HttpClient(_handler) { BaseAddress = new Uri(portal.Urls.Single()) };
    }

    public FakeIssuer Issuer { get; }

    public Desk Registry { get; }

    public FakeTelemetry Telemetry { get; private init; } = null!;

    public FakeSafety Safety { get; private init; } = null!;

    public FakeAlerts Alerts { get; private init; } = null!;

    public Uri Address => _client.BaseAddress!;

    public CookieCollection Cookies => _handler.CookieContainer.GetAllCookies();

    public static Task<StaffApp> StartAsync(params ChangeView[] changes) => StartAsync(outside => outside, changes);

    /// <param name="authority">The issuer's address, given that of the fake one; null for a portal without.</param>
    public static async Task<StaffApp> StartAsync(Func<string, string?> authority, params ChangeView[] changes)
    {
        var issuer = new FakeIssuer();
        var desk = new Desk { Changes = [.. changes] };
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.ConfigureHttpJsonOptions(json => CityJson.Apply(json.SerializerOptions));
        var outside = builder.Build();
        issuer.Map(outside);
        desk.Map(outside);
        var telemetry = new FakeTelemetry();
        telemetry.Map(outside);
        var safety = new FakeSafety();
        safety.Map(outside);
        var alerts = new FakeAlerts();
        alerts.Map(outside);
        outside.MapGet("/api/{municipality}/alerts/shelters", () => new Page<ShelterView>(safety.Shelters));
        await outside.StartAsync();

        // Read when the first page asks for it: it stays until the portal is gone.
        var region = Path.Combine(AppContext.BaseDirectory, $"staff-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(region, Samples.Region);
        var portal = PortalService.Definition.Build(
            ["--environment", "Development", "--urls", "http://127.0.0.1:0", "--Region:File", region, "--Dapr:HttpEndpoint", outside.Urls.Single(),
                "--Portal:SignIn:ClientSecret", "a:secret", .. PortalApp.Patience,
                .. authority(outside.Urls.Single()) is { } issuerUrl ? ["--Identity:Authority", issuerUrl] : Array.Empty<string>()],
            app => app.Logging.SetMinimumLevel(LogLevel.Error));
        await portal.StartAsync();
        return new StaffApp(outside, portal, issuer, desk, region) { Telemetry = telemetry, Safety = safety, Alerts = alerts };
    }

    /// <summary>Follows redirects as a browser does, with its cookies.</summary>
    public async Task<(HttpStatusCode Status, string Html, Uri At)> OpenAsync(string path)
    {
        var at = new Uri(Address, path);
        for (var step = 0; step < 10; step++)
        {
            using var answer = await SendAsync(HttpMethod.Get, at, null);
            if (answer.Headers.Location is not { } next)
            {
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), at);
            }

            at = new Uri(at, next);
        }

        throw new InvalidOperationException($"{path} leads in a circle.");
    }

    /// <summary>Sends one of a page's forms, with its hidden fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string html, string action, params (string Name, string Value)[] fields)
    {
        var start = html.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, $"there is no form for {action}");
        var form = html[start..html.IndexOf("</form>", start, StringComparison.Ordinal)];
        var hidden = Hidden().Matches(form).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));
        return await PostAsync(action, [.. hidden, .. fields]);
    }

    /// <summary>What makes a form the portal's own.</summary>
    public static (string Name, string Value) FormTokenOf(string html)
    {
        var field = Hidden().Match(html);
        return (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value));
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
        => SendAsync(HttpMethod.Post, new Uri(Address, path), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Without following where it leads.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? forwardedHost = null) => SendAsync(HttpMethod.Get, new Uri(Address, path), null, forwardedHost);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
        await _outside.DisposeAsync();
        Issuer.Dispose();
        File.Delete(_region);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri at, HttpContent? content, string? forwardedHost = null)
    {
        using var request = new HttpRequestMessage(method, at) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Accept-Language", "en");
        if (forwardedHost is not null)
        {
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
            request.Headers.Add("X-Forwarded-Proto", "https");
        }

        return await _client.SendAsync(request);
    }

    [GeneratedRegex("type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();

    /// <summary>The registry, as far as staff see it.</summary>
    public sealed class Desk
    {
        public List<ChangeView> Changes { get; init; } = [];

        /// <summary>Sentences of the person's exchange log, newest first, and the language they were asked for in.</summary>
        public List<string> Records { get; } = [];

        public string? RecordsLanguage { get; private set; }

        public List<GrantView> Grants { get; } = [];

        /// <summary>Bodies of new grants.</summary>
        public List<JsonNode> Given { get; } = [];

        /// <summary>Fields of a new grant that are not accepted.</summary>
        public List<string> GrantFaults { get; } = [];

        /// <summary>Whose grants were asked for; null for all that name the caller.</summary>
        public string? GrantsOf { get; private set; }

        /// <summary>Who decided what: token subject and body.</summary>
        public List<(string Path, string Person, JsonNode? Body)> Decisions { get; } = [];

        /// <summary>What the registry answers instead of approving.</summary>
        public string? RefusalCode { get; set; }

        /// <summary>Whether it breaks down once it got a decision: nobody knows what became of it.</summary>
        public bool BreaksDown { get; set; }

        public void Map(WebApplication app)
        {
            app.MapGet("/api/registry/my/exchange-log", (HttpRequest request, string? after) =>
            {
                RecordsLanguage = request.Headers.AcceptLanguage;
                var items = Records.Select((sentence, index) => new { id = $"{Records.Count - index}", sentence, isOnBehalf = false });
                return BreaksDown ? Results.StatusCode(502) : Results.Ok(new { items = after is null ? items.Take(2) : items.Skip(2), next = after is null && Records.Count > 2 ? "2" : null });
            });
            app.MapGet("/api/registry/municipalities/{code}/grants", (string? subject) =>
            {
                GrantsOf = subject;
                return new Page<GrantView>(Grants);
            });
            app.MapPost("/api/registry/municipalities/{code}/grants", async (HttpRequest request) =>
            {
                Given.Add((await JsonNode.ParseAsync(request.Body))!);
                return GrantFaults.Count == 0 ? Results.Created("/x", Grants.FirstOrDefault())
                    : Results.Problem(statusCode: 422, type: "urn:smartcity:problem:grant-refused", detail: "No.", extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["notices"] = GrantFaults.Select(field => new Notice("fault", NoticeSeverity.Error, "No.") { Field = field }),
                    });
            });
            app.MapPost("/api/registry/municipalities/{code}/grants/{id}/confirm", (string id, HttpRequest request) => DecideGrant(id, GrantState.InForce, request));
            app.MapDelete("/api/registry/municipalities/{code}/grants/{id}", (string id, HttpRequest request) => DecideGrant(id, GrantState.Ended, request));
            app.MapGet("/api/registry/changes", (string? status) => new Page<ChangeView>([.. Changes.Where(change => status is null || change.Status.ToString() == status)]));
            app.MapGet("/api/registry/changes/{id:long}", (long id) => BreaksDown && Decisions.Count > 0 ? Results.StatusCode(502) : Changes.Find(change => change.Id == id) is { } change ? Results.Ok(change) : Results.Problem(statusCode: 404, type: "urn:smartcity:problem:unknown-change"));
            app.MapPost("/api/registry/changes/{id:long}/approve", (long id, HttpRequest request) => DecideAsync(id, ChangeStatus.Applied, request));
            app.MapPost("/api/registry/changes/{id:long}/reject", (long id, HttpRequest request) => DecideAsync(id, ChangeStatus.Rejected, request));
        }

        private IResult DecideGrant(string id, GrantState state, HttpRequest request)
        {
            var person = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(request.Headers.Authorization.ToString()["Bearer ".Length..]).Subject;
            Decisions.Add(($"{request.Method} {request.Path}", person, null));
            if (RefusalCode is { } code)
            {
                return Results.Problem(statusCode: 403, type: "urn:smartcity:problem:" + code, title: "No.", detail: "Somebody else must agree.");
            }

            var place = Grants.FindIndex(grant => grant.Id == id);
            return Results.Ok(Grants[place] = Grants[place] with { State = state });
        }

        private async Task<IResult> DecideAsync(long id, ChangeStatus status, HttpRequest request)
        {
            var person = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(request.Headers.Authorization.ToString()["Bearer ".Length..]).Subject;
            Decisions.Add((request.Path, person, await JsonNode.ParseAsync(request.Body)));
            if (BreaksDown)
            {
                request.HttpContext.Abort();
                return Results.Empty;
            }

            if (RefusalCode is { } code)
            {
                return Results.Problem(statusCode: 409, type: "urn:smartcity:problem:" + code, title: "No.", detail: "Nothing was changed.");
            }

            var place = Changes.FindIndex(change => change.Id == id);
            Changes[place] = Changes[place] with { Status = status, DecidedBy = person, DecidedAt = DateTimeOffset.UnixEpoch, Version = 7, Reason = (string?)Decisions[^1].Body?["reason"] };
            return Results.Ok(Changes[place]);
        }
    }
}
