using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.Registry.Tests.Exchange;

/// <summary>What the tests of the exchange log do again and again.</summary>
internal static class ExchangeSteps
{
    public const string Resident = "resident-1";

    public static ExchangeRecorded Event(string id, string subject = Resident, string town = RegistryApp.Town) => new()
    {
        EventId = id,
        Municipality = town,
        At = new DateTimeOffset(2026, 7, 1, 10, 30, 0, TimeSpan.FromHours(9)),
        Service = "telemedicine",
        Operation = "appointment.read",
        Actor = new ExchangeActor("doctor-1", "clinician", RegistryApp.OtherTown),
        Purpose = ExchangePurposes.Care,
        Subject = subject,
        Result = ExchangeResults.Ok,
    };

    /// <summary>Delivers an event as the sidecar does.</summary>
    public static async Task DeliverAsync(this RegistryApp app, ExchangeRecorded recorded)
    {
        var envelope = JsonSerializer.Serialize(
            new { specversion = "1.0", id = recorded.EventId, source = recorded.Service, type = "com.dapr.event.sent", datacontenttype = "application/json", pubsubname = Topics.PubSub, topic = Topics.ExchangeRecorded, data = recorded },
            CityJson.Options);
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await app.Client.PostAsync(new Uri("/events/exchange-recorded", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("RETRY");
    }

    public static async Task<string> ExportAsync(this RegistryApp app, string query = "")
    {
        using var answer = await app.SendAsync(HttpMethod.Get, "exchange-log/export" + query, person: "operator-1", role: "operator", town: "none");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<ExchangeLogReport> VerifyAsync(this RegistryApp app, string log)
    {
        using var keys = JsonDocument.Parse(await app.Client.GetStringAsync(new Uri("/api/registry/exchange-log/keys", UriKind.Relative)));
        var pem = keys.RootElement.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("publicKeyPem").GetString()!).ToArray();
        return await ExchangeLogVerifier.VerifyAsync(new MemoryStream(Encoding.UTF8.GetBytes(log)), pem);
    }

    /// <summary>A person's own log, or that of whom they act for.</summary>
    public static async Task<HttpResponseMessage> MineAsync(this RegistryApp app, string person, string? onBehalfOf = null, string language = "en", string role = "resident", string town = RegistryApp.Town)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/registry/my/exchange-log");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServiceTestKit.TestTokens.For(person, role, town));
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (onBehalfOf is not null)
        {
            request.Headers.Add("On-Behalf-Of", onBehalfOf);
        }

        return await app.Client.SendAsync(request);
    }

    /// <summary>Changes the stored log behind the service's back.</summary>
    public static async Task TamperAsync(this RegistryApp app, Func<RegistryDbContext, Task> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<RegistryDbContext>());
    }

    public static IQueryable<ExchangeRow> Records(this RegistryDbContext database)
        => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.IgnoreQueryFilters(database.Set<ExchangeRow>());
}
