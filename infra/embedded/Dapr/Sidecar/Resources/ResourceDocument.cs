namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One Dapr resource of a file.</summary>
/// <param name="Place">File and document, for faults.</param>
/// <param name="ApiVersion"><c>dapr.io/v1alpha1</c> or <c>dapr.io/v2alpha1</c>.</param>
/// <param name="Kind">Such as <c>Component</c>.</param>
/// <param name="Name"><c>metadata.name</c>.</param>
/// <param name="Scopes">The app ids it is for; empty is all.</param>
/// <param name="Root">The whole document.</param>
internal sealed record ResourceDocument(
    string Place, string ApiVersion, string Kind, string Name, IReadOnlyList<string> Scopes, YamlFields Root)
{
    public bool IsFor(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);
}
