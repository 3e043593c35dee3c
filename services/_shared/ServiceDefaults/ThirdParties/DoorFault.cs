namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>Something in a town's configuration that the gateway does not serve.</summary>
/// <param name="Code">Stable, in kebab-case.</param>
/// <param name="Path">Of the field in the manifest, such as <c>thirdPartyServices[0].routes[1].path</c>.</param>
/// <param name="Value">What stands there.</param>
/// <param name="What">To be read after the path.</param>
/// <param name="CanBeServed">
/// Refused in a new manifest only: what is in force already is served, without what is wrong in it.
/// </param>
public sealed record DoorFault(string Code, string Path, string? Value, string What, bool CanBeServed = false)
{
    public override string ToString() => Value is null ? $"{Path} {What}" : $"{Path} '{Value}' {What}";
}
