using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts.Tests.Import.Feeds;

/// <summary>Another authority's web server: a feed, and messages that it leads to. It remembers what was asked.</summary>
internal sealed class FakeCapServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _entries = [];
    private readonly ConcurrentDictionary<string, IResult> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();

    private FakeCapServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Instead of the feed.</summary>
    public string? FeedText { get; set; }

    /// <summary>Whether the feed is RSS 2.0 rather than Atom.</summary>
    public bool IsRss { get; set; }

    public static async Task<FakeCapServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var server = new FakeCapServer(builder.Build());
        server._app.MapGet("/feed.atom", server.GetFeed);
        server._app.MapGet("/{name}", server.GetMessage);
        await server._app.StartAsync();
        return server;
    }

    public string[] Settings(params string[] more) =>
    [
        "--Alerts:CapFeeds:Feeds:0:Address", Address + "/feed.atom", "--Alerts:CapFeeds:Feeds:0:Towns:0", "162043", "--Alerts:CapFeeds:Feeds:0:Towns:1", "163422",
        "--Alerts:CapFeeds:AllowedHosts:0", "127.0.0.1", "--Alerts:CapFeeds:AllowPrivateHosts", "true", "--Alerts:CapFeeds:Follow", "false", .. more,
    ];

    public void Publish(string name, CapAlert alert) => Publish(name, Results.Text(CapWriter.Write(alert), CapWriter.MediaType));

    public void Publish(string name, IResult answer)
    {
        _answers[name] = answer;
        List(name, $"{Address}/{name}");
    }

    /// <summary>Names something in the feed.</summary>
    public void List(string id, string link)
    {
        var minute = _entries.Count;
        _entries.Add(IsRss
            ? $"<item><title>{id}</title><guid>{id}</guid><link>{link}</link><pubDate>Wed, 01 Jul 2026 03:{minute:00}:00 +0900</pubDate></item>"
            : $"<entry><id>{id}</id><title>{id}</title><updated>2026-07-01T03:{minute:00}:00+09:00</updated><link rel=\"alternate\" type=\"text/html\" href=\"{Address}/page\"/><link type=\"application/cap+xml\" href=\"{link}\"/></entry>");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult GetFeed(HttpRequest request, HttpResponse response)
    {
        var tag = $"\"{_entries.Count}\"";
        if (FeedText is null && request.Headers.IfNoneMatch == tag)
        {
            _asked.Enqueue("304");
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        _asked.Enqueue("feed");
        response.Headers.ETag = tag;
        return Results.Text(FeedText ?? (IsRss
            ? $"<rss version=\"2.0\"><channel><title>Feed</title>{string.Concat(_entries)}</channel></rss>"
            : $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>feed</id><title>Feed</title>{string.Concat(_entries)}</feed>"), "application/xml");
    }

    private IResult GetMessage(string name)
    {
        _asked.Enqueue(name);
        return _answers.TryGetValue(name, out var answer) ? answer : Results.NotFound();
    }
}
