using System.Net;
using SmartCity.Registry.Tests.Hosting;

namespace SmartCity.Registry.Tests.Changes;

/// <summary>A change is known to the staff of its own municipality; to an officer of another it is not there.</summary>
public sealed class OtherTownTests
{
    [Fact]
    public async Task Get_WhenTheChangeIsOfAnotherMunicipality_IsUnknown()
        => await ShouldBeUnknownAsync((app, id) => app.SendAsync(HttpMethod.Get, $"changes/{id}", null, "officer-9", "officer", RegistryApp.OtherTown));

    [Fact]
    public async Task Approve_WhenTheChangeIsOfAnotherMunicipality_IsUnknown()
        => await ShouldBeUnknownAsync((app, id) => app.ApproveAsync(id, "officer-9", town: RegistryApp.OtherTown));

    [Fact]
    public async Task Reject_WhenTheChangeIsOfAnotherMunicipality_IsUnknown()
        => await ShouldBeUnknownAsync((app, id) => app.SendAsync(HttpMethod.Post, $"changes/{id}/reject", null, "officer-9", "officer", RegistryApp.OtherTown));

    private static async Task ShouldBeUnknownAsync(Func<RegistryApp, long, Task<HttpResponseMessage>> ask)
    {
        await using var app = await RegistryApp.StartAsync();
        var id = (long)(await RegistryApp.ReadAsync(await app.ProposeAsync(Samples.Nanao)))["id"]!;

        var answer = await ask(app, id);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = await RegistryApp.ReadAsync(answer);
        ((string?)problem["type"]).ShouldBe("urn:smartcity:problem:unknown-change");
        problem.ToJsonString().ShouldNotContain(RegistryApp.Town);
        // The officer of its own municipality finds it as it was.
        var own = await RegistryApp.ReadAsync(await app.SendAsync(HttpMethod.Get, $"changes/{id}", null, "officer-1", "officer"));
        ((string?)own["status"]).ShouldBe("Pending");
    }
}
