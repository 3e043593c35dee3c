using System.Net;
using System.Text.Json;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>Entities property by property, as ETSI GS CIM 009 clauses 4.5, 5.7 and 6.3 write them.</summary>
public sealed class EntityTests : IAsyncLifetime
{
    private const string At = "2026-07-01T03:00:00+09:00";
    private TelemetryApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await NgsiTown.StartAsync("Database");
        await _app.PublishFromAsync("river-katakai-1", $$"""{"t":"{{At}}","waterLevelMetres":3.42,"batteryVolts":3.6}""");
        await _app.PublishFromAsync("weather-1", $$"""{"t":"{{At}}","temperatureCelsius":21.5,"humidityPercent":57,"pressureHectopascals":1003}""");
        await _app.PublishFromAsync("tank-1", $$"""{"t":"{{At}}","levelMetres":1.5}""");
        await _app.PublishFromAsync("spot-1", $$"""{"t":"{{At}}","occupied":1}""");
        await _app.PublishLevelAsync(DateTimeOffset.UtcNow, 9.9, TelemetryApp.OtherTown);
        foreach (var device in new[] { "river-katakai-1", "weather-1", "tank-1", "spot-1" })
        {
            await _app.DeviceWhenAsync(view => view.AcceptedCount == 1, device);
        }

        await _app.DeviceWhenAsync(view => view.AcceptedCount == 1, town: TelemetryApp.OtherTown);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Get_WhenNormalized_IsTheModelsEntity()
    {
        var entity = await _app.JsonAsync("entities/" + NgsiTown.River);
        entity.GetProperty("id").GetString().ShouldBe(NgsiTown.River);
        entity.GetProperty("type").GetString().ShouldBe("FloodMonitoring");
        entity.GetProperty("currentLevel").GetRawText().ShouldBe("""{"type":"Property","value":3.42,"unitCode":"MTR","observedAt":"2026-06-30T18:00:00Z"}""");
        entity.GetProperty("location").GetRawText().ShouldBe("""{"type":"GeoProperty","value":{"type":"Point","coordinates":[137.4,36.8]}}""");
        entity.GetProperty("refDevice").GetRawText().ShouldBe($$"""{"type":"Relationship","object":"{{NgsiTown.RiverDevice}}"}""");
        entity.GetProperty("observationDateTime").GetRawText().ShouldBe("""{"type":"Property","value":{"@type":"DateTime","@value":"2026-06-30T18:00:00Z"}}""");
        entity.GetProperty("alertLevel").GetProperty("value").GetDouble().ShouldBe(3.2);
        entity.GetProperty("dangerLevel").GetProperty("value").GetDouble().ShouldBe(4.1);
        entity.GetProperty("batteryVolts").GetProperty("unitCode").GetString().ShouldBe("VLT");
        entity.TryGetProperty("@context", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_WhenTheModelCountsInOtherUnits_Converts()
    {
        var entity = await _app.JsonAsync($"entities/{NgsiTown.Weather}");
        entity.GetProperty("relativeHumidity").GetProperty("value").GetDouble().ShouldBe(0.57);
        entity.GetProperty("atmosphericPressure").GetProperty("unitCode").GetString().ShouldBe("A97");
        (await _app.JsonAsync($"entities/{NgsiTown.Spot}?options=keyValues")).GetProperty("status").GetString().ShouldBe("occupied");
    }

    [Fact]
    public async Task Get_WhenTheDeviceBehindIsAsked_IsThere()
    {
        var device = await _app.JsonAsync("entities/" + NgsiTown.RiverDevice);
        device.GetProperty("controlledProperty").GetProperty("value").EnumerateArray().Select(name => name.GetString()).ShouldBe(["batteryVolts", "currentLevel"]);
        device.TryGetProperty("currentLevel", out _).ShouldBeFalse();
        (await _app.JsonAsync("entities/" + NgsiTown.Tank)).GetProperty("levelMetres").GetProperty("value").GetDouble().ShouldBe(1.5);
    }

    [Fact]
    public async Task Get_WhenSimplified_IsValuesAlone()
    {
        var entity = await _app.JsonAsync($"entities/{NgsiTown.River}?options=keyValues&attrs=currentLevel,refDevice,location");
        entity.GetRawText().ShouldBe($$"""{"id":"{{NgsiTown.River}}","type":"FloodMonitoring","location":{"type":"Point","coordinates":[137.4,36.8]},"currentLevel":3.42,"refDevice":"{{NgsiTown.RiverDevice}}"}""");
        (await _app.JsonAsync($"entities/{NgsiTown.River}?options=concise&attrs=currentLevel")).GetProperty("currentLevel").GetRawText()
            .ShouldBe("""{"value":3.42,"unitCode":"MTR","observedAt":"2026-06-30T18:00:00Z"}""");
        (await _app.JsonAsync($"entities/{NgsiTown.River}?options=sysAttrs")).GetProperty("modifiedAt").GetString().ShouldEndWith("Z");
    }

    [Fact]
    public async Task Get_WhenJsonIsAccepted_LinksToTheContext()
    {
        using var response = await _app.NgsiAsync("entities/" + NgsiTown.River, "application/json");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var link = response.Headers.GetValues("Link").ShouldHaveSingleItem();
        link.ShouldEndWith($"; rel=\"{NgsiTown.ContextRelation}\"; type=\"application/ld+json\"");
        var context = JsonSerializer.Deserialize<JsonElement>(await _app.Http.GetStringAsync(new Uri(link[1..link.IndexOf('>', StringComparison.Ordinal)])));
        var terms = context.GetProperty("@context");
        terms.GetProperty("FloodMonitoring").GetString().ShouldBe("https://smartdatamodels.org/dataModel.Environment/FloodMonitoring");
        terms.GetProperty("value").GetString().ShouldBe("ngsi-ld:hasValue");
        terms.GetProperty("@vocab").GetString().ShouldBe("https://uri.etsi.org/ngsi-ld/default-context/");
    }

    [Fact]
    public async Task Get_WhenJsonLdIsAccepted_HasTheContextInTheBody()
    {
        using var response = await _app.NgsiAsync("entities/" + NgsiTown.River, "application/ld+json");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/ld+json");
        response.Headers.Contains("Link").ShouldBeFalse();
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("@context").GetString().ShouldEndWith("/ngsi-ld/v1/context.jsonld");
        var list = await _app.JsonAsync("entities?type=FloodMonitoring", "application/ld+json");
        list[0].GetProperty("@context").GetString().ShouldEndWith("/ngsi-ld/v1/context.jsonld");
        using var refused = await _app.NgsiAsync("entities/" + NgsiTown.River, "text/html");
        refused.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Theory]
    [InlineData("type=FloodMonitoring", NgsiTown.River)]
    [InlineData("type=https://smartdatamodels.org/dataModel.Environment/FloodMonitoring", NgsiTown.River)]
    [InlineData("type=FloodMonitoring,WeatherObserved", NgsiTown.River, NgsiTown.Weather)]
    [InlineData("q=currentLevel%3E3.2", NgsiTown.River)]
    [InlineData("q=currentLevel%3E3.5")]
    [InlineData("q=temperature==20..25", NgsiTown.Weather)]
    [InlineData("q=(temperature%3C0|currentLevel%3E=3.42);name~=%22%E7%89%87%22", NgsiTown.River)]
    [InlineData("q=levelMetres!=1.5")]
    [InlineData("q=status==%22occupied%22,%22closed%22", NgsiTown.Spot)]
    [InlineData("q=currentLevel.observedAt%3E=2026-06-30T18:00:00Z", NgsiTown.River)]
    [InlineData("q=observationDateTime%3C2026-07-01T00:00:00Z", NgsiTown.River, NgsiTown.Spot)]
    [InlineData("q=refDevice==%22urn:ngsi-ld:Device:162043:river-katakai-1%22", NgsiTown.River)]
    [InlineData("q=location%5Btype%5D==%22Point%22&type=WeatherObserved", NgsiTown.Weather)]
    [InlineData("attrs=levelMetres,temperature", NgsiTown.Tank, NgsiTown.Weather)]
    [InlineData("type=Device&idPattern=.*tank.*", NgsiTown.Tank)]
    [InlineData("type=FloodMonitoring&id=urn:ngsi-ld:FloodMonitoring:163422:river-katakai-1")]
    [InlineData("type=FloodMonitoring,WeatherObserved&georel=near;maxDistance==2000&geometry=Point&coordinates=%5B137.4,36.81%5D", NgsiTown.River)]
    [InlineData("type=FloodMonitoring,WeatherObserved&georel=within&geometry=Polygon&coordinates=%5B%5B%5B137,36.85%5D,%5B138,36.85%5D,%5B138,37%5D,%5B137,37%5D,%5B137,36.85%5D%5D%5D", NgsiTown.Weather)]
    [InlineData("type=FloodMonitoring,WeatherObserved&georel=disjoint&geometry=Point&coordinates=%5B137.4,36.8%5D", NgsiTown.Weather)]
    public async Task Query_WhenFiltered_FindsTheTownsEntities(string query, params string[] ids) => (await _app.IdsAsync(query)).ShouldBe(ids);

    [Fact]
    public async Task Query_WhenItHasPages_LinksThemAndCounts()
    {
        using var first = await _app.NgsiAsync("entities?type=Device&limit=2&count=true");
        first.Headers.GetValues("NGSILD-Results-Count").ShouldBe(["4"]);
        var links = first.Headers.GetValues("Link").ToList();
        links.Count.ShouldBe(2);
        var next = links.Single(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        using var second = await _app.Http.GetAsync(new Uri(next[1..next.IndexOf('>', StringComparison.Ordinal)], UriKind.Relative));
        JsonSerializer.Deserialize<JsonElement>(await second.Content.ReadAsStringAsync()).EnumerateArray().Select(entity => entity.GetProperty("id").GetString())
            .ShouldBe(["urn:ngsi-ld:Device:162043:tank-1", "urn:ngsi-ld:Device:162043:weather-1"]);
        second.Headers.GetValues("Link").ShouldContain(link => link.Contains("rel=\"prev\"", StringComparison.Ordinal) && link.Contains("offset=0", StringComparison.Ordinal));
        second.Headers.GetValues("Link").ShouldNotContain(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        (await _app.IdsAsync("type=Device&limit=0&count=true")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("entities", "BadRequestData")]
    [InlineData("entities?type=Device&limit=x", "BadRequestData")]
    [InlineData("entities?type=Device&limit=0", "BadRequestData")]
    [InlineData("entities?type=Device&offset=-1", "BadRequestData")]
    [InlineData("entities?q=currentLevel%3E", "BadRequestData")]
    [InlineData("entities?q=(currentLevel", "BadRequestData")]
    [InlineData("entities?type=Device&idPattern=(", "BadRequestData")]
    [InlineData("entities?type=Device&options=pretty", "BadRequestData")]
    [InlineData("entities?type=Device&georel=near", "BadRequestData")]
    [InlineData("entities?georel=near&geometry=Point&coordinates=%5B1,2%5D", "BadRequestData")]
    [InlineData("entities?georel=within&geometry=Polygon&coordinates=%5B1,2%5D", "BadRequestData")]
    [InlineData("entities?georel=within&geometry=LineString&coordinates=%5B%5B1,2%5D,%5B2,3%5D%5D", "OperationNotSupported")]
    [InlineData("entities?type=Device&scopeQ=/a", "OperationNotSupported")]
    [InlineData("entities?type=Device&colour=red", "InvalidRequest")]
    [InlineData("entities/no-uri", "BadRequestData")]
    [InlineData("entities/urn:ngsi-ld:FloodMonitoring:163422:river-katakai-1", "ResourceNotFound")]
    [InlineData("entities/urn:ngsi-ld:WeatherObserved:162043:river-katakai-1", "ResourceNotFound")]
    [InlineData("types/Nothing", "ResourceNotFound")]
    [InlineData("attributes/nothing", "ResourceNotFound")]
    [InlineData("csourceRegistrations", "OperationNotSupported")]
    public async Task Request_WhenItIsWrong_GetsTheSpecificationsError(string path, string type)
    {
        var problem = await _app.ProblemAsync(path);
        problem.Type.ShouldBe(type);
        problem.Status.ShouldBe(type switch
        {
            "ResourceNotFound" => HttpStatusCode.NotFound,
            "OperationNotSupported" => HttpStatusCode.UnprocessableEntity,
            _ => HttpStatusCode.BadRequest,
        });
    }

    [Fact]
    public async Task Write_WhenAnEntityIsSent_IsNotSupported()
        => (await _app.ProblemAsync("entities/" + NgsiTown.River, HttpMethod.Delete)).ShouldBe((HttpStatusCode.UnprocessableEntity, "OperationNotSupported"));

    [Fact]
    public async Task Types_WhenListed_AreThoseOfTheTown()
    {
        var list = await _app.JsonAsync("types");
        list.GetProperty("type").GetString().ShouldBe("EntityTypeList");
        list.GetProperty("typeList").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Device", "FloodMonitoring", "ParkingSpot", "WeatherObserved"]);
        var details = (await _app.JsonAsync("types?details=true"))[3];
        details.GetProperty("id").GetString().ShouldBe("https://smartdatamodels.org/dataModel.Weather/WeatherObserved");
        details.GetProperty("attributeNames").EnumerateArray().Select(name => name.GetString()).ShouldContain("relativeHumidity");
        var info = await _app.JsonAsync("types/FloodMonitoring");
        info.GetProperty("type").GetString().ShouldBe("EntityTypeInfo");
        info.GetProperty("entityCount").GetInt32().ShouldBe(1);
        (await _app.JsonAsync("types", town: TelemetryApp.OtherTown)).GetProperty("typeList").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Attributes_WhenListed_SayTheirTypes()
    {
        (await _app.JsonAsync("attributes")).GetProperty("attributeList").EnumerateArray().Select(name => name.GetString()).ShouldContain("currentLevel");
        var attribute = await _app.JsonAsync("attributes/location");
        attribute.GetProperty("attributeTypes").EnumerateArray().Select(name => name.GetString()).ShouldBe(["GeoProperty"]);
        attribute.GetProperty("typeNames").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Device", "FloodMonitoring", "WeatherObserved"]);
    }
}
