using Microsoft.Playwright;

namespace SmartCity.EndToEnd.Tests.Hosting;

/// <summary>A page whose town's service worker is at work, and pushes delivered to it by the browser's own debugger.</summary>
internal sealed class PushStory : IAsyncDisposable
{
    private readonly IPage _page;
    private readonly ICDPSession _session;
    private readonly string _origin;
    private readonly string _registration;

    private PushStory(IPage page, ICDPSession session, string origin, string registration)
    {
        _page = page;
        _session = session;
        _origin = origin;
        _registration = registration;
    }

    public static async Task<PushStory> BeginAsync(IPage page, string origin)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, message) =>
        {
            foreach (var one in message!.Value.GetProperty("registrations").EnumerateArray())
            {
                registered.TrySetResult(one.GetProperty("registrationId").GetString()!);
            }
        };
        await session.SendAsync("ServiceWorker.enable");
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.register('/162043/push-worker.js', { scope: '/162043' }); await navigator.serviceWorker.ready; }");
        return new PushStory(page, session, origin, await registered.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public Task PushAsync(string text) => _session.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["origin"] = _origin,
        ["registrationId"] = _registration,
        ["data"] = text,
    });

    public async Task<ShownNotification> OnlyAsync(Func<ShownNotification, bool> condition) => (await NotificationsAsync(found => found is [var one] && condition(one)))[0];

    public Task<ShownNotification[]> NotificationsAsync(Func<ShownNotification[], bool> condition) => Wait.UntilAsync(
        _ => _page.EvaluateAsync<ShownNotification[]>("""
            async () => (await (await navigator.serviceWorker.ready).getNotifications())
              .map(({ title, body, tag, lang, requireInteraction }) => ({ title, body, tag, lang, requireInteraction }))
            """),
        condition);

    public async ValueTask DisposeAsync() => await _page.Context.CloseAsync();
}

/// <summary>A notification as the browser shows it.</summary>
internal sealed record ShownNotification
{
    public string Title { get; init; } = "";

    public string Body { get; init; } = "";

    public string Tag { get; init; } = "";

    public string Lang { get; init; } = "";

    public bool RequireInteraction { get; init; }
}
