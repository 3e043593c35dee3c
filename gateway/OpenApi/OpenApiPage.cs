using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace SmartCity.Gateway.OpenApi;

/// <summary>The aggregated document as a page: no scripts, one stylesheet, everything folded until it is opened.</summary>
internal static class OpenApiPage
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete", "head", "options"];

    public static string Render(JsonObject document)
    {
        var page = new StringBuilder();
        page.Append("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>API of this SmartCity</title><link rel="stylesheet" href="/openapi/style.css"></head><body>
            <header><h1>API of this SmartCity</h1><p>Every service behind this gateway, with its routes and schemas. For programs: <a href="/openapi.json">/openapi.json</a>.</p></header>
            <nav aria-label="Services"><ul>
            """);
        var services = Items(document["tags"]).Select(tag => Text(tag?["name"])).ToArray();
        foreach (var service in services)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Html(service)}\">{Html(service)}</a></li>");
        }

        page.Append("<li><a href=\"#third-parties\">third parties</a></li></ul></nav><main>");
        foreach (var service in Items(document[AggregatedDocument.NotAnswering]).Select(Text))
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"notice\" role=\"status\"><strong>{Html(service)}</strong> does not answer at the moment; its routes are missing here. Load the page again in half a minute.</p>");
        }

        foreach (var service in services)
        {
            RenderService(page, document, service);
        }

        RenderThirdParties(page, document);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void RenderService(StringBuilder page, JsonObject document, string service)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section id=\"{Html(service)}\"><h2>{Html(service)}</h2><p><a href=\"/openapi/{Html(service)}.json\">Its own document</a></p><h3>Routes</h3>");
        foreach (var (path, item) in Members(document["paths"]))
        {
            foreach (var method in Methods)
            {
                if (item?[method] is JsonObject operation && Items(operation["tags"]).Any(tag => Text(tag) == service))
                {
                    RenderOperation(page, path, method, operation);
                }
            }
        }

        page.Append("<h3>Schemas</h3>");
        foreach (var (name, schema) in Members(document["components"]?["schemas"]).Where(entry => entry.Key.StartsWith(service + ".", StringComparison.Ordinal)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<details id=\"{Html(name)}\"><summary><code>{Html(name)}</code></summary>");
            RenderTable(page, ["Property", "Type", ""], Members(schema?["properties"]).Select(property => (string[])
                [$"<code>{Html(property.Key)}</code>", TypeOf(property.Value), Html(Text(property.Value?["description"]))]));
            if (schema?["properties"] is null)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{TypeOf(schema)}</p>");
            }

            page.Append("</details>");
        }

        page.Append("</section>");
    }

    private static void RenderOperation(StringBuilder page, string path, string method, JsonObject operation)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details><summary><span class=\"method\">{method.ToUpperInvariant()}</span> <code>{Html(path)}</code> {Html(Text(operation["summary"]))}</summary>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Html(Text(operation["description"]))}</p>");
        RenderTable(page, ["Parameter", "In", "Type", ""], Items(operation["parameters"]).Select(parameter => (string[])
            [$"<code>{Html(Text(parameter?["name"]))}</code>", Html(Text(parameter?["in"])), TypeOf(parameter?["schema"]), Html(Text(parameter?["description"]))]));
        foreach (var (type, content) in Members(operation["requestBody"]?["content"]))
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>Body: <code>{Html(type)}</code> {TypeOf(content?["schema"])}</p>");
        }

        RenderTable(page, ["Answer", "", "Content"], Members(operation["responses"]).Select(answer => (string[])
        [
            $"<code>{Html(answer.Key)}</code>", Html(Text(answer.Value?["description"])),
            string.Join("<br>", Members(answer.Value?["content"]).Select(content => $"<code>{Html(content.Key)}</code> {TypeOf(content.Value?["schema"])}")),
        ]));
        page.Append("</details>");
    }

    private static void RenderThirdParties(StringBuilder page, JsonObject document)
    {
        page.Append("<section id=\"third-parties\"><h2>Third parties</h2>");
        var services = Items(document[AggregatedDocument.ThirdParties]).ToArray();
        if (services.Length == 0)
        {
            page.Append("<p>No town serves anything of others. A town names such services in its manifest (<code>thirdPartyServices</code>).</p>");
        }

        RenderTable(page, ["Address", "Name", "Document"], services.Select(service => (string[])
        [
            $"<code>{Html(Text(service?["path"]))}</code>", Html(Text(service?["title"])),
            service?["openApi"] is { } url ? $"<a rel=\"noreferrer\" href=\"{Html(Text(url))}\">OpenAPI</a>" : "none given",
        ]));
        page.Append("</section>");
    }

    /// <param name="rows">Cells are HTML already.</param>
    private static void RenderTable(StringBuilder page, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        page.Append("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
        page.AppendJoin("", heads.Select(head => $"<th scope=\"col\">{Html(head)}</th>"));
        page.Append("</tr></thead><tbody>");
        foreach (var row in all)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        }

        page.Append("</tbody></table></div>");
    }

    private static string TypeOf(JsonNode? schema)
    {
        if (schema is not JsonObject)
        {
            return "";
        }

        if (Text(schema["$ref"]) is { Length: > 0 } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            return $"<a href=\"#{Html(name)}\"><code>{Html(name)}</code></a>";
        }

        if (schema["items"] is { } items)
        {
            return "list of " + TypeOf(items);
        }

        var alternatives = Items(schema["oneOf"] ?? schema["anyOf"]).Select(TypeOf).Where(type => type.Length > 0).ToArray();
        var type = schema["type"] is JsonArray several ? string.Join(" or ", several.Select(Text)) : Text(schema["type"]);
        return alternatives.Length > 0 ? string.Join(" or ", alternatives) : Html($"{type} {Text(schema["format"])}".Trim());
    }

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node as JsonArray ?? [];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];
}
