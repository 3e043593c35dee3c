using System.Net.Http.Headers;
using System.Text;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Import;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Hosting;

public sealed partial class AlertsApp
{
    public static readonly string ImportingOfficer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);

    /// <summary>Hands a message in as its sender wrote it and expects it to be taken.</summary>
    public async Task<ImportAnswer> ImportAsync(CapAlert alert)
    {
        using var response = await PostCapAsync(CapWriter.Write(alert));
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await ReadAsync<ImportAnswer>(response);
    }

    public Task<HttpResponseMessage> PostCapAsync(string xml, string? token = null) => PostCapAsync(Encoding.UTF8.GetBytes(xml), token);

    public async Task<HttpResponseMessage> PostCapAsync(byte[] body, string? token = null, string mediaType = CapWriter.MediaType, string municipality = TestTown.Uozu)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Town("cap", municipality)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? ImportingOfficer);
        return await Client.SendAsync(request);
    }
}
