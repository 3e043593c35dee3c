namespace SmartCity.Authorization.Tests;

/// <summary>What services say to each other, asked by somebody who reached a service's port.</summary>
public sealed class InsideTests
{
    public static TheoryData<string> AppIds
        => [.. CityServices.All.Select(service => service.AppId).Where(appId => Matrix.Rows.Any(row => row.Value.Access == Access.Inside && row.Key.StartsWith(appId + " ", StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(AppIds))]
    public async Task InsideRoute_WhenTheAppTokenIsSet_AnswersItsSidecarOnly(string appId)
    {
        await using var service = await RunningService.StartAsync(CityServices.Of(appId), "--APP_API_TOKEN=a secret of the sidecar");
        var rows = Matrix.Rows.Where(row => row.Value.Access == Access.Inside && row.Key.StartsWith(appId + " ", StringComparison.Ordinal)).ToList();
        rows.ShouldNotBeEmpty();
        foreach (var parts in rows.Select(row => row.Key.Split(' ')))
        {
            var path = RunningService.PathOf(parts[2]);
            (await service.SendAsync(parts[1], path, token: null)).ShouldBe(401, path);
            (await service.SendAsync(parts[1], path, token: null, appToken: "a guess")).ShouldBe(401, path);
            (await service.SendAsync(parts[1], path, token: null, appToken: "a secret of the sidecar")).ShouldNotBe(401, path);
        }
    }
}
