using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Client;

public sealed class CloudEventsMiddlewareTests
{
    [Theory]
    [InlineData("""{"data":{"a":1}}""", "application/json|{\"a\":1}")]
    [InlineData("""{"data":{"a":1},"datacontenttype":"text/json; charset=utf-16"}""", "text/json|{\"a\":1}")]
    [InlineData("""{"DATA":"x","dataContentType":"application/json"}""", "application/json|\"x\"")]
    [InlineData("""{"data":"a \"b\"","datacontenttype":"text/plain"}""", "text/plain|a \"b\"")]
    [InlineData("""{"data":"x","datacontenttype":"application/cloud+json"}""", "application/cloud+json|\"x\"")]
    [InlineData("""{"data_base64":"YWJj","datacontenttype":"image/x"}""", "image/x|abc")]
    [InlineData("""{"id":"1"}""", "|")]
    public async Task Invoke_WhenEventIsStructured_HandlerSeesDataAndItsMediaType(string cloudEvent, string expected)
        => (await SendAsync(cloudEvent)).ShouldBe((HttpStatusCode.OK, expected));

    [Theory]
    [InlineData("""{"data":1,"data_base64":"YWJj"}""")]
    [InlineData("""{"data_base64":"not base64!"}""")]
    [InlineData("""{"data_base64":5}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Invoke_WhenEventIsMalformed_Is400(string cloudEvent)
        => (await SendAsync(cloudEvent)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Invoke_WhenNotACloudEvent_PassesUnchanged()
        => (await SendAsync("""{"data":1}""", contentType: "application/json")).ShouldBe((HttpStatusCode.OK, "application/json|{\"data\":1}"));

    [Fact]
    public async Task Invoke_WhenTextDecodingIsSuppressed_LeavesTheJsonString()
        => (await SendAsync("""{"data":"x","datacontenttype":"text/plain"}""", new CloudEventsMiddlewareOptions { SuppressJsonDecodingOfTextPayloads = true }))
            .ShouldBe((HttpStatusCode.OK, "text/plain|\"x\""));

    [Fact]
    public async Task Invoke_WhenAttributesAreForwarded_TheyAreHeaders()
    {
        var options = new CloudEventsMiddlewareOptions { ForwardCloudEventPropertiesAsHeaders = true, ExcludedCloudEventPropertiesFromHeaders = ["source"] };

        var (_, text) = await SendAsync("""{"id":"1","type":"t","source":"s","data":1}""", options);

        text.ShouldBe("application/json|1|Cloudevent.id=1|Cloudevent.type=t");
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        string body, CloudEventsMiddlewareOptions? options = null, string contentType = "application/cloudevents+json; charset=utf-8")
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseCloudEvents(options ?? new CloudEventsMiddlewareOptions());
            web.MapPost("/", async (HttpContext context) =>
            {
                var text = await new StreamReader(context.Request.Body).ReadToEndAsync();
                var headers = context.Request.Headers.Where(h => h.Key.StartsWith("Cloudevent.", StringComparison.Ordinal)).Select(h => $"|{h.Key}={h.Value}");
                return $"{context.Request.ContentType}|{text}{string.Concat(headers)}";
            });
        });
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var response = await client.PostAsync(app.Address, content).Soon();
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
