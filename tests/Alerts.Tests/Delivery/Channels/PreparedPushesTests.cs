using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery;
using SmartCity.Alerts.Delivery.Channels.WebPush;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

public sealed class PreparedPushesTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Take_WhenOneIsReady_GivesItOnce()
    {
        var prepared = Of(most: 10);
        var (receiver, secret) = Browser();
        prepared.Lacks(receiver, secret).ShouldBeTrue();
        var push = PushEncryption.Prepare(receiver, secret);
        prepared.Add(receiver, secret, push);
        prepared.Lacks(receiver, secret).ShouldBeFalse();

        prepared.Take(receiver, secret).ShouldBe(push);
        // A key that has encrypted one message must never encrypt another.
        prepared.Take(receiver, secret).ShouldBeNull();
        prepared.Lacks(receiver, secret).ShouldBeTrue();
    }

    [Fact]
    public void Take_WhenABrowserSubscribedAnew_GivesNothingMadeForItsOldKeys()
    {
        var prepared = Of(most: 10);
        var (receiver, secret) = Browser();
        prepared.Add(receiver, secret, PushEncryption.Prepare(receiver, secret));
        prepared.Take(receiver, RandomNumberGenerator.GetBytes(16)).ShouldBeNull();
        prepared.Take(Browser().Receiver, secret).ShouldBeNull();
    }

    [Fact]
    public void EndPass_WhenABrowserWasNotSeen_ForgetsIt()
    {
        var prepared = Of(most: 10);
        var (there, gone) = (Browser(), Browser());
        foreach (var (receiver, secret) in new[] { there, gone })
        {
            prepared.Add(receiver, secret, PushEncryption.Prepare(receiver, secret));
        }

        prepared.BeginPass();
        prepared.Lacks(there.Receiver, there.Secret).ShouldBeFalse();
        prepared.EndPass();
        prepared.Count.ShouldBe(1);
        prepared.Take(there.Receiver, there.Secret).ShouldNotBeNull();
    }

    [Fact]
    public void Lacks_WhenThereIsNoRoom_SaysNo()
    {
        var prepared = Of(most: 1);
        var (receiver, secret) = Browser();
        prepared.Add(receiver, secret, PushEncryption.Prepare(receiver, secret));
        var another = Browser();
        prepared.Lacks(another.Receiver, another.Secret).ShouldBeFalse();
    }

    [Fact]
    public void Quiet_WhenSomethingWasSent_BeginsAnew()
    {
        var prepared = Of(most: 1);
        prepared.Quiet.ShouldBe(TimeSpan.MaxValue);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var (receiver, secret) = Browser();
        prepared.Take(receiver, secret);
        _clock.Advance(TimeSpan.FromSeconds(3));
        prepared.Quiet.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Prepare_WhenTheServiceStarts_MakesOneForEachBrowser_AndTheyReadTheirMessages()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(201);
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { browser.Address } });
        await app.RestartAsync();
        var prepared = app.Services.GetRequiredService<PreparedPushes>();
        await ReadyAsync(app, prepared);

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        browser.Read(await service.NextAsync()).Level.ShouldBe(3);
        prepared.Count.ShouldBe(0);
    }

    private static async Task ReadyAsync(AlertsApp app, PreparedPushes prepared)
    {
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while (prepared.Count != 1)
        {
            (await app.Client.GetAsync("/livez", timeout.Token)).Dispose();
        }
    }

    private static (byte[] Receiver, byte[] Secret) Browser()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return (PushEncryption.Point(key.ExportParameters(includePrivateParameters: false).Q), RandomNumberGenerator.GetBytes(16));
    }

    private PreparedPushes Of(int most) => new(Options.Create(new DeliveryOptions { PreparedPushes = most }), _clock);
}
