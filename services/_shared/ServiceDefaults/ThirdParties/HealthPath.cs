namespace SmartCity.ServiceDefaults.ThirdParties;

/// <summary>Where a replica of a third party says whether it works.</summary>
public static class HealthPath
{
    /// <summary>
    /// Why a path cannot be asked, to be read after it; or null. It must stay below the service: behind an app id lies the
    /// sidecar's own API, to which a part that goes up would lead.
    /// </summary>
    public static string? FaultOf(string path)
    {
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny("#\\% ") || path.Any(char.IsControl))
        {
            return "does not begin with one '/', or has '#', '%', '\\', a space or a control character";
        }

        return Array.Exists(path.Split('?')[0].Split('/'), part => part is "." or "..") ? "has a part '.' or '..'" : null;
    }
}
