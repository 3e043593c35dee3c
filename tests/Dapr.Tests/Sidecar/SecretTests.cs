using System.Net;
using Dapr;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class SecretTests
{
    private const string Json = """{"redis":{"password":"hush-1","ports":[1,2]},"plain":"hush-2"}""";

    [Theory]
    [InlineData("", "redis:password", "redis:password")]
    [InlineData(", {name: nestedSeparator, value: '.'}", "redis.password", "redis.password")]
    [InlineData(", {name: multiValued, value: 'true'}", "redis", "password")]
    public async Task GetSecret_WhenStoreIsAFile_FindsNestedValues(string more, string name, string key)
    {
        using var resources = new ResourceDirectory().With("secrets.json", Json);
        resources.With("a.yaml", ResourceDirectory.Component("file", "secretstores.local.file", $"[{{name: secretsFile, value: '{resources.Path}/secrets.json'}}{more}]"));
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] });
        using var client = sidecar.ClientOf("app");

        (await client.GetSecretAsync("file", name).Soon())[key].ShouldBe("hush-1");
        (await client.GetSecretAsync("file", "plain").Soon()).ShouldBe(new Dictionary<string, string> { ["plain"] = "hush-2" });
        (await client.GetBulkSecretAsync("file").Soon())[name][key].ShouldBe("hush-1");
        await Should.ThrowAsync<DaprException>(() => client.GetSecretAsync("file", "missing").Soon());
        sidecar.Logs.All.ShouldNotContain(l => l.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetSecret_WhenStoreIsTheEnvironment_HidesTheSidecarsOwnVariables()
    {
        Environment.SetEnvironmentVariable("SECRET_TESTS_VALUE", "v");
        Environment.SetEnvironmentVariable("DAPR_SECRET_TESTS", "token");
        using var resources = new ResourceDirectory().With("a.yaml",
            ResourceDirectory.Component("env", "secretstores.local.env") + ResourceDirectory.Component("prefixed", "secretstores.local.env", "[{name: prefix, value: SECRET_TESTS_}]"));
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] });
        using var client = sidecar.ClientOf("app");

        (await client.GetSecretAsync("env", "SECRET_TESTS_VALUE").Soon())["SECRET_TESTS_VALUE"].ShouldBe("v");
        (await client.GetSecretAsync("prefixed", "VALUE").Soon())["VALUE"].ShouldBe("v");
        (await client.GetBulkSecretAsync("prefixed").Soon()).Keys.ShouldBe(["VALUE"]);
        (await client.GetSecretAsync("env", "DAPR_SECRET_TESTS").Soon())["DAPR_SECRET_TESTS"].ShouldBeEmpty();
        (await client.GetBulkSecretAsync("env").Soon()).Keys.ShouldNotContain("DAPR_SECRET_TESTS");
    }

    [Fact]
    public async Task GetSecret_WhenStoreIsOutOfScope_IsRefused()
    {
        using var resources = new ResourceDirectory().With("a.yaml",
            ResourceDirectory.Component("env", "secretstores.local.env", more: "scopes: [other]") + ResourceDirectory.Component("mine", "secretstores.local.env"));
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] });

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/secrets/env/PATH", "app")));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Start_WhenSecretsFileIsBroken_SaysWhichWithoutItsContent()
    {
        using var resources = new ResourceDirectory().With("secrets.json", "{\"a\": hush");
        resources.With("a.yaml", ResourceDirectory.Component("file", "secretstores.local.file", $"[{{name: secretsFile, value: '{resources.Path}/secrets.json'}}]"));

        var exception = await Should.ThrowAsync<InvalidDataException>(() => TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] }));

        exception.Message.ShouldContain("secrets.json");
        exception.Message.ShouldNotContain("hush");
    }
}
