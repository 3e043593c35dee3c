using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartCity.Gateway.OpenApi;

/// <summary><c>/openapi</c> for people, <c>/openapi.json</c> for programs.</summary>
internal static class OpenApiEndpoints
{
    private const string Html = "text/html; charset=utf-8";
    private static readonly byte[] Style = ReadStyle();

    public static void MapOpenApiPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi", ShowAsync).ExcludeFromDescription();
        routes.MapGet("/openapi.json", GetAsync).ExcludeFromDescription();
        routes.MapGet("/openapi/style.css", GetStyle).ExcludeFromDescription();
    }

    private static async Task<ContentHttpResult> ShowAsync(ServiceDocuments documents, CancellationToken cancellationToken)
        => TypedResults.Content(OpenApiPage.Render(await documents.GetAsync(cancellationToken)), Html, Encoding.UTF8);

    private static async Task<ContentHttpResult> GetAsync(ServiceDocuments documents, CancellationToken cancellationToken)
        => TypedResults.Content((await documents.GetAsync(cancellationToken)).ToJsonString(), "application/json", Encoding.UTF8);

    private static FileContentHttpResult GetStyle() => TypedResults.Bytes(Style, "text/css; charset=utf-8");

    private static byte[] ReadStyle()
    {
        using var stream = typeof(OpenApiEndpoints).Assembly.GetManifestResourceStream("style.css")
            ?? throw new InvalidOperationException("The stylesheet is not in the assembly.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
