namespace SmartCity.Contracts.Towns;

/// <summary>A person of the town's staff, as the town's OIDC issuer knows them.</summary>
/// <param name="Name">Token subject.</param>
/// <param name="Role">resident, clerk, officer, clinician, operator or service.</param>
public sealed record Person(string Name, string Role);
