using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using SmartCity.Load.Alerts;
using SmartCity.Transit.Gtfs;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Load.Transit;

/// <summary>A feed that the one-machine host is given, and questions about it.</summary>
internal sealed class MeasuredFeed
{
    private readonly byte[] _zip;
    private readonly GtfsFeed _feed;
    private readonly string[] _stops;

    private MeasuredFeed(string name, string key, byte[] zip)
    {
        (Name, Key, _zip) = (name, key, zip);
        _feed = FeedReader.Read(new MemoryStream(zip), TimeProvider.System.GetUtcNow()).Feed ?? throw new InvalidOperationException($"The feed '{name}' is refused; hand it in at POST feeds to read why.");
        _stops = [.. _feed.StopTimes.Stops.Where(stop => stop >= 0).CountBy(stop => stop).OrderByDescending(each => each.Value).Select(each => _feed.Stops[each.Key].Id)];
    }

    public string Name { get; }

    /// <summary>What the keys of its figures begin with.</summary>
    public string Key { get; }

    /// <summary>The generated one, and where one is given that one too.</summary>
    public static IEnumerable<MeasuredFeed> All()
    {
        yield return new MeasuredFeed(NetworkSize.Prefecture.Name, NetworkSize.Prefecture.Key, ZipSink.Of(NetworkSize.Prefecture));
        if (GivenFeed.Read() is { } zip)
        {
            yield return new MeasuredFeed("given feed", "given", zip);
        }
    }

    /// <returns>How long the host took to answer that it is live.</returns>
    public async Task<TimeSpan> PostAsync(MeasuredHost host, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = host.Transit, Timeout = TimeSpan.FromMinutes(5) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{MeasuredHost.Town}/transit/feeds") { Content = new ByteArrayContent(_zip) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Tokens["clerk"]);
        var began = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request, cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        return response.IsSuccessStatusCode ? took : throw new InvalidOperationException($"POST feeds: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Journeys between random stops at random times of the days on which something runs.</summary>
    public List<Uri> Plans(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Uri(
            $"/api/{MeasuredHost.Town}/transit/plan?from={Stop(random)}&to={Stop(random)}&at={Uri.EscapeDataString(Moment(random))}", UriKind.Relative))];
    }

    /// <summary>Departures of the stop with most of them, at nine in the morning.</summary>
    public Uri Departures(Uri service) => new(
        service, $"/api/{MeasuredHost.Town}/transit/stops/{Uri.EscapeDataString(_stops[0])}/departures?limit=10&at={Uri.EscapeDataString(Text(Window().First, 9 * 3600))}");

    private string Stop(Random random) => Uri.EscapeDataString(_stops[random.Next(_stops.Length)]);

    private string Moment(Random random)
    {
        var (first, last) = Window();
        return Text(first.AddDays(random.Next(Math.Min(14, last.DayNumber - first.DayNumber + 1))), random.Next(86_400));
    }

    private (DateOnly First, DateOnly Last) Window()
    {
        var windows = _feed.Services.Select(service => service.Window()).OfType<(DateOnly First, DateOnly Last)>().ToList();
        return (windows.Min(window => window.First), windows.Max(window => window.Last));
    }

    private string Text(DateOnly day, int seconds)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddSeconds(seconds);
        return new DateTimeOffset(local, _feed.TimeZone.GetUtcOffset(local)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
