using System.Net;
using System.Net.Http.Headers;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>Hands bulletins in and lists them, as an officer of Uozu.</summary>
internal static class JmaCalls
{
    public static readonly string Officer = TestTokens.For("officer-1", "officer", TestTown.Uozu);

    public static Task<HttpResponseMessage> PostBulletinAsync(this AlertsApp app, byte[] content, string? token = null)
        => PostAsync(app, content, token ?? Officer, TestTown.Uozu);

    public static async Task<BulletinAnswer> ImportAsync(this AlertsApp app, byte[] content, string municipality = TestTown.Uozu)
    {
        using var response = await PostAsync(app, content, TestTokens.For("officer-1", "officer", municipality), municipality);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<BulletinAnswer>(response);
    }

    public static Task<BulletinAnswer> ImportAsync(this AlertsApp app, BulletinXml bulletin) => app.ImportAsync(bulletin.ToBytes());

    public static async Task<IReadOnlyList<BulletinView>> BulletinsAsync(this AlertsApp app, string query = "", string municipality = TestTown.Uozu)
        => (await app.GetAsync<Page<BulletinView>>(AlertsApp.Town("jma" + query, municipality), TestTokens.For("officer-1", "officer", municipality))).Items;

    private static async Task<HttpResponseMessage> PostAsync(AlertsApp app, byte[] content, string token, string municipality)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AlertsApp.Town("jma", municipality));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // What is too large is refused before it is sent.
        request.Headers.ExpectContinue = content.Length > 1024 * 1024;
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return await app.Client.SendAsync(request);
    }
}
