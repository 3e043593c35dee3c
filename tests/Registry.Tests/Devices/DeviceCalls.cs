using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Registry.Tests.Devices;

/// <summary>The requests of these tests.</summary>
internal static class DeviceCalls
{
    public const string Devices = $"municipalities/{RegistryApp.Town}/devices";

    public static object River(string id, string name = "二宮川") => new
    {
        id,
        kind = "river",
        name = new { ja = name, en = "River" },
        latitudeDegrees = 37.04,
        longitudeDegrees = 136.96,
    };

    public static Task<HttpResponseMessage> RegisterAsync(this RegistryApp app, object device, string query = "", string town = RegistryApp.Town)
        => app.SendAsync(HttpMethod.Post, $"municipalities/{town}/devices{query}", device, town: town);

    /// <summary>Registers a river and gives its answer with the key.</summary>
    public static async Task<JsonObject> KeyOfNewAsync(this RegistryApp app, string id, string town = RegistryApp.Town)
        => await RegistryApp.ReadAsync((await app.RegisterAsync(River(id, "川" + id), town: town)).EnsureSuccessStatusCode());

    public static Task<HttpResponseMessage> ImportAsync(this RegistryApp app, string csv, string query = "", string? accept = null)
        => app.ImportAsync(Encoding.UTF8.GetBytes(csv), query, accept);

    public static async Task<HttpResponseMessage> ImportAsync(this RegistryApp app, byte[] csv, string query = "", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/registry/{Devices}/import{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For("clerk-1", "clerk", RegistryApp.Town));
        request.Content = new ByteArrayContent(csv) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        if (accept is not null)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        }

        return await app.Client.SendAsync(request);
    }

    /// <summary>So many rivers on a grid, some hundred metres from each other.</summary>
    public static string Rivers(int count, string prefix = "r")
        => "id,kind,name_ja,latitude,longitude\n" + string.Concat(Enumerable.Range(0, count).Select(number =>
            FormattableString.Invariant($"{prefix}-{number},river,川{prefix}{number}番,{36.5 + (number / 100 * 0.005):F3},{136.5 + (number % 100 * 0.005):F3}\n")));

    public static JsonArray NoticesOf(JsonObject problem) => problem["notices"]!.AsArray();

    public static async Task<int> CountAsync(this RegistryApp app)
    {
        var count = 0;
        string? after = null;
        do
        {
            var page = await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, $"{Devices}?limit=200&after={after}"));
            count += page["items"]!.AsArray().Count;
            after = (string?)page["next"];
        }
        while (after is not null);
        return count;
    }
}
