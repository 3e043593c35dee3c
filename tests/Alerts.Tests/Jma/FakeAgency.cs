using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>The agency's web server and a WebSub hub, on a port of their own. It remembers what was asked.</summary>
internal sealed class FakeAgency : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Name, string Title, DateTimeOffset Updated)> _entries = [];
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();

    private FakeAgency(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>For files of a test; goes with the agency.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("agency-").FullName;

    public string Feed => Address + "/feed/eqvol.xml";

    public string LongFeed => Address + "/feed/eqvol_l.xml";

    /// <summary>Paths in the order in which they were asked for; a feed that had not changed is there as <c>304</c>.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>What the hub was asked for last.</summary>
    public IFormCollection? Subscription { get; private set; }

    public bool IsFailing { get; set; }

    /// <summary>Whether bulletins are listed and not there yet.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether the feeds cannot be read.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many of the oldest entries the short feed names no more.</summary>
    public int Forgotten { get; set; }

    public static async Task<FakeAgency> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var agency = new FakeAgency(builder.Build());
        agency._app.MapGet("/feed/{name}", agency.GetFeed);
        agency._app.MapGet("/data/{name}", agency.GetFile);
        agency._app.MapPost("/hub", agency.SubscribeAsync);
        await agency._app.StartAsync();
        return agency;
    }

    public string[] Settings(params string[] more) =>
        ["--Alerts:Jma:Feeds:0", Feed, "--Alerts:Jma:AllowedHosts:0", "127.0.0.1", "--Alerts:Jma:Follow", "false", .. more];

    public void Publish(string name, BulletinXml bulletin) => Publish(name, bulletin.Title, bulletin.At, bulletin.ToBytes());

    public void Publish(string name, string title, DateTimeOffset updated, byte[] content)
    {
        _files[name] = content;
        _entries.Add((name, title, updated));
    }

    public string FeedXml(int without = 0) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" lang="ja"><title>高頻度（地震火山）</title><updated>2026-07-01T03:00:00+09:00</updated><id>{Feed}#feed</id>
        {string.Concat(_entries.Skip(without).Select(entry => $"<entry><title>{entry.Title}</title><id>{Link(entry.Name)}</id><updated>{entry.Updated.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}</updated><author><name>気象庁</name></author><link type=\"application/xml\" href=\"{Link(entry.Name)}\"/><content type=\"text\">…</content></entry>"))}
        </feed>
        """;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string Link(string name) => name.StartsWith("http", StringComparison.Ordinal) ? name : $"{Address}/data/{name}";

    private IResult GetFeed(HttpRequest request, HttpResponse response)
    {
        if (IsDown)
        {
            _asked.Enqueue("503");
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var without = request.Path.Value!.EndsWith("_l.xml", StringComparison.Ordinal) ? 0 : Forgotten;
        var tag = $"\"{_entries.Count}-{without}\"";
        if (request.Headers.IfNoneMatch == tag)
        {
            _asked.Enqueue("304");
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        _asked.Enqueue(request.Path);
        response.Headers.ETag = tag;
        return Results.Text(FeedXml(without), "application/xml");
    }

    private IResult GetFile(string name)
    {
        _asked.Enqueue(name);
        return IsFailing ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : !IsLate && _files.TryGetValue(name, out var content) ? Results.Bytes(content, "application/xml")
            : Results.NotFound();
    }

    private async Task<IResult> SubscribeAsync(HttpRequest request)
    {
        Subscription = await request.ReadFormAsync();
        return Results.Accepted();
    }
}
