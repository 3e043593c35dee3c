using System.Net;
using System.Runtime.CompilerServices;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class ResourceFileTests
{
    [Fact]
    public async Task Start_WhenFilesAreThoseOfTheDistributedEngine_ServesTheSameComponents()
    {
        var infra = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../infra/dapr");
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [Path.Combine(infra, "components"), infra] });
        using var client = sidecar.ClientOf("app");

        var metadata = await client.GetMetadataAsync().Soon();

        metadata.Components.Select(c => $"{c.Name} {c.Type}").ShouldBe(["pubsub pubsub.redis", "statestore state.redis", "environment secretstores.local.env"], ignoreOrder: true);
        sidecar.Logs.All.ShouldContain(l => l.Contains("pubsub.redis is kept on the local disk", StringComparison.Ordinal));
        await client.SaveStateAsync("statestore", "k", 1).Soon();
        (await client.GetStateAsync<int>("statestore", "k").Soon()).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenFilesAreWrong_NamesFileDocumentFieldAndReasonOfEveryFault()
    {
        using var resources = new ResourceDirectory()
            .With("a.yaml", ResourceDirectory.Component("one", "pubsub.redis") + "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {}\nspec: {type: state.redis, version: v1, metdata: []}\n")
            .With("b.yml", """
                apiVersion: dapr.io/v1alpha1
                kind: Resiliency
                metadata: {name: r}
                spec:
                  policies:
                    timeouts: {fast: 5x}
                    retries: {again: {policy: linear, matching: {httpStatusCodes: "500-400"}}}
                    circuitBreakers: {cb: {trip: "failures > 3"}}
                  targets:
                    apps: {alerts: {retry: nowhere}}
                """)
            .With("c.yaml", "apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec: {topic: t, pubsubname: two, routes: {rules: [{match: 'event.type ===', path: /x}]}}\n")
            .With("d.yaml", "a: [1\n");
        var directory = TestSidecar.NewDirectory();
        await using var sidecar = new DaprSidecar(new DaprSidecarOptions
        {
            DataDirectory = directory,
            Apps = [new DaprAppOptions { AppId = "app" }],
            ResourcesPaths = [resources.Path, "/does/not/exist"],
        });

        var message = (await Should.ThrowAsync<InvalidDataException>(() => sidecar.StartAsync().Soon())).Message;

        message.ShouldContain("a.yaml, document 2, metadata.name: is missing");
        message.ShouldContain("a.yaml, document 2, spec.metdata: is not a field");
        message.ShouldContain("b.yml, document 1, spec.policies.timeouts.fast: '5x' is not a duration");
        message.ShouldContain("spec.policies.retries.again.policy: 'linear'");
        message.ShouldContain("spec.policies.retries.again.matching.httpStatusCodes: '500-400'");
        message.ShouldContain("spec.policies.circuitBreakers.cb.trip: 'failures > 3'");
        message.ShouldContain("spec.targets.apps.alerts.retry: there is no policy 'nowhere'");
        message.ShouldContain("c.yaml, document 1, spec.pubsubname: there is no pub/sub component 'two'");
        message.ShouldContain("spec.routes.rules[0].match");
        message.ShouldContain("d.yaml, line");
        message.ShouldContain("/does/not/exist: the directory does not exist");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Publish_WhenAppIsOutOfScope_IsRefusedAsUpstreamDoes()
    {
        using var resources = new ResourceDirectory().With("a.yaml",
            ResourceDirectory.Component("private", "pubsub.redis", more: "scopes: [app]")
            + ResourceDirectory.Component("guarded", "pubsub.redis", "[{name: publishingScopes, value: 'publisher=open'}, {name: protectedTopics, value: secret}]"));
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] });

        (await StatusAsync(sidecar, "/v1.0/publish/private/t", "publisher")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(sidecar, "/v1.0/publish/private/t", "app")).ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(sidecar, "/v1.0/publish/guarded/open", "publisher")).ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(sidecar, "/v1.0/publish/guarded/other", "publisher")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(sidecar, "/v1.0/publish/guarded/secret", "app")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(sidecar, "/v1.0/publish/guarded/other", "app")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("apiVersion: dapr.io/v1alpha1\nkind: Subscription\nmetadata: {name: s}\nspec: {topic: t, pubsubname: events, route: /declared}\nscopes: [app]\n")]
    [InlineData("apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec: {topic: t, pubsubname: events, routes: {rules: [{match: 'event.source == \"publisher\"', path: declared}], default: /other}}\n")]
    public async Task Publish_WhenSubscriptionIsDeclared_GoesToItsRoute(string subscription)
    {
        using var resources = new ResourceDirectory().With("a.yaml", ResourceDirectory.Component("events", "pubsub.kafka")).With("s.yaml", subscription);
        await using var app = await Subscriber.StartAsync();
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        (await StatusAsync(sidecar, "/v1.0/publish/events/t", "publisher")).ShouldBe(HttpStatusCode.NoContent);

        (await app.Deliveries.NextAsync()).Path.ShouldBe("/declared");
    }

    private static async Task<HttpStatusCode> StatusAsync(TestSidecar sidecar, string path, string appId)
    {
        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf(path, appId)) { Content = new StringContent("x") });
        return response.StatusCode;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
