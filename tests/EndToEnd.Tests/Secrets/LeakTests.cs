using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MQTTnet;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Secrets;

/// <summary>A key is shown once and a token to nobody: neither is in what the host prints, nor in any file that it keeps.</summary>
public sealed class LeakTests
{
    private const string Town = "162043";
    private const string User = Town + "/rain-leak-1";

    [Fact]
    public async Task KeyAndToken_AfterADeviceWasRegisteredAndUsed_AreInNoOutputAndNoFile()
    {
        await using var host = await HostProcess.StartAsync("--no-simulator");
        // Anew, since host.json holds those of the demo people.
        using var issued = await host.Http.PostAsync("/dev/token?name=clerk-uozu", null);
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        var first = await KeyAsync(host, token, "devices", """{"id":"rain-leak-1","kind":"rain","name":{"ja":"雨量","en":"Rain"}}""");
        await UseAsync(host, first);
        var second = await KeyAsync(host, token, "devices/rain-leak-1/keys", "{}");
        await UseAsync(host, second);
        await RefusedAsync(host, Town + "/river-kado-1", second);
        await RefusedAsync(host, User, second + "x");
        using var refused = await SendAsync(host, token[..^8] + "AAAAAAAA", "devices", "{}");
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StopAsync()).ShouldBe(0);

        // The claims of a token are no secret, and those of the same person may be issued twice within a second; its signature is its own.
        (string Name, string Text)[] secrets = [("first key", first), ("second key", second), ("token", token), ("signature", token[(token.LastIndexOf('.') + 1)..^8])];
        host.Output.ShouldContain(User);
        Found(Encoding.UTF8.GetBytes(host.Output)).ShouldBeEmpty();

        var files = Directory.GetFiles(host.Data, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => Path.GetFileName(file) == "gateway-access.jsonl");
        foreach (var file in files)
        {
            var content = await System.IO.File.ReadAllBytesAsync(file);
            // Keys and tokens are ASCII, so they would stand in any file as they are.
            Found(content).ShouldBeEmpty(Path.GetRelativePath(host.Data, file));
        }

        IEnumerable<string> Found(byte[] content)
            => secrets.Where(secret => content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret.Text)) >= 0).Select(secret => secret.Name);
    }

    private static async Task<string> KeyAsync(HostProcess host, string token, string path, string body)
    {
        using var answer = await SendAsync(host, token, path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HostProcess host, string token, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/registry/municipalities/{Town}/{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Http.SendAsync(request);
    }

    // The broker hears of a new key within milliseconds.
    private static async Task UseAsync(HostProcess host, string key)
    {
        var client = await Wait.UntilAsync(
            async _ =>
            {
                var (candidate, result) = await DeviceClient.TryConnectAsync(host.File, User, key);
                return result.ResultCode == MqttClientConnectResultCode.Success ? candidate : null;
            },
            candidate => candidate is not null);
        var at = DateTimeOffset.UtcNow;
        (await client!.PublishStringAsync($"sc/v1/{User}/telemetry", $$"""{"t":"{{at:O}}","rainMillimetresPerHour":1.5}""", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce))
            .IsSuccess.ShouldBeTrue();
        await client!.PublishStringAsync($"sc/v1/{User}/telemetry", "{ this is not JSON", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
        await client!.TryDisconnectAsync();
        client!.Dispose();
        await Wait.UntilAsync(
            async waiting => await host.Http.GetFromJsonAsync<DeviceView>($"/api/{Town}/telemetry/devices/rain-leak-1", CityJson.Options, waiting),
            view => view!.Latest.ContainsKey("rainMillimetresPerHour"));
    }

    private static async Task RefusedAsync(HostProcess host, string user, string key)
    {
        var (client, result) = await DeviceClient.TryConnectAsync(host.File, user, key);
        client.Dispose();
        result.ResultCode.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
    }
}
