using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using MQTTnet.Exceptions;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Faults;

public sealed class KillTests
{
    private const int Messages = 10_000;
    private const int Publishers = 50;

    [Fact]
    public async Task Publish_WhenHostIsKilledInTheMiddle_EveryReadingIsStoredOnceAndTheAlertIsIssuedOnce()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator");
        var start = DateTimeOffset.UtcNow.AddSeconds(-Messages / 100.0);
        var payloads = Enumerable.Range(0, Messages).Select(index => DeviceClient.LevelOf(3.5, start.AddMilliseconds(index * 10))).ToArray();
        var acknowledged = new ConcurrentDictionary<int, bool>();

        var halfway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var publishing = PublishAsync(host.File, payloads, acknowledged, halfway);
        await halfway.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await host.KillAsync();
        await publishing;
        acknowledged.Count.ShouldBeInRange(1, Messages - 1);

        await host.RestartAsync();
        await PublishAsync(host.File, payloads, acknowledged, halfway);
        acknowledged.Count.ShouldBe(Messages);

        var readings = await Wait.UntilAsync(token => ReadingsAsync(host, start, token), times => times.Count >= Messages);
        readings.Count.ShouldBe(Messages);
        readings.Distinct().Count().ShouldBe(Messages);
        var alerts = await Wait.UntilAsync(
            async token => (await host.Http.GetFromJsonAsync<Page<AlertView>>("/api/162043/alerts/active", CityJson.Options, token))!.Items,
            items => items.Count > 0);
        alerts.ShouldHaveSingleItem().MsgType.ShouldBe("Alert");
        await using var stream = await AlertStream.OpenAsync(host.Http, "162043", lastEventId: "0");
        (await stream.NextAsync()).Alert.Id.ShouldBe(alerts[0].Id);
        stream.Waiting.ShouldBe(0);
    }

    /// <summary>Sends what was not acknowledged yet, many at a time, and stops at the first broken connection.</summary>
    private static async Task PublishAsync(HostFile host, string[] payloads, ConcurrentDictionary<int, bool> acknowledged, TaskCompletionSource halfway)
    {
        await using var device = await DeviceClient.ConnectAsync(host, "river-katakai-1");
        var missing = new ConcurrentQueue<int>(Enumerable.Range(0, payloads.Length).Where(index => !acknowledged.ContainsKey(index)));
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(async _ =>
        {
            while (missing.TryDequeue(out var index))
            {
                try
                {
                    if ((await device.PublishAsync(payloads[index])).IsSuccess)
                    {
                        acknowledged[index] = true;
                    }
                }
                catch (Exception exception) when (exception is MqttCommunicationException or OperationCanceledException)
                {
                    return;
                }

                if (acknowledged.Count >= payloads.Length / 2)
                {
                    halfway.TrySetResult();
                }
            }
        }));
    }

    private static async Task<List<string>> ReadingsAsync(HostProcess host, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var times = new List<string>();
        string? after = null;
        do
        {
            var page = await host.Http.GetFromJsonAsync<JsonElement>(
                $"/api/162043/telemetry/devices/river-katakai-1/readings?limit=5000&from={Uri.EscapeDataString(from.AddMinutes(-1).ToString("O"))}"
                + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), cancellationToken);
            times.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("t").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return times;
    }
}
