using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>What must hold of third-party services.</summary>
internal static class ThirdPartyRules
{
    public static void Check(Town town, NoticeList list)
    {
        list.Duplicates("thirdPartyServices", town.ThirdPartyServices, service => service.Name, "name");
        for (var index = 0; index < town.ThirdPartyServices.Count; index++)
        {
            Check(town.ThirdPartyServices[index], $"thirdPartyServices[{index}]", list);
        }
    }

    private static void Check(ThirdPartyService service, string path, NoticeList list)
    {
        list.Must(!AppIds.InPortOrder.Contains(service.Name, StringComparer.Ordinal), "name-taken", path + ".name", service.Name, "is the name of a service of the platform");
        list.Must(service.BaseUrls.Count > 0 != service.AppId is { Length: > 0 }, "target-missing", path, service.Name, "needs either baseUrls or appId");
        list.Must(!AppIds.InPortOrder.Contains(service.AppId ?? "", StringComparer.OrdinalIgnoreCase), "app-id-taken", path + ".appId", service.AppId,
            "is a service of the platform: its internal addresses are not for the outside");
        for (var url = 0; url < service.BaseUrls.Count; url++)
        {
            CheckUrl(service.BaseUrls[url], $"{path}.baseUrls[{url}]", list);
        }

        for (var route = 0; route < service.Routes.Count; route++)
        {
            var fault = FaultOf(service.Routes[route].Path);
            list.Must(fault is null, "path-malformed", $"{path}.routes[{route}].path", service.Routes[route].Path, fault ?? "");
            list.Must(service.Routes[route].CacheSeconds == 0 || (service.Routes[route].RequiredRole ?? service.RequiredRole) is null, "cache-of-closed-data",
                $"{path}.routes[{route}].cacheSeconds", null, "is above 0 where a role is needed: what one person may read would be kept for others");
        }
    }

    private static void CheckUrl(string text, string path, NoticeList list)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        list.Must(isUrl, "url-malformed", path, text, "is no http(s) URL");
        list.Must(!isUrl || (url!.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0), "url-malformed", path, text,
            "has a user name, query or fragment; give scheme, host, port and path only");
    }

    /// <summary>Why a path pattern can't be used, or null.</summary>
    private static string? FaultOf(string path)
    {
        var segments = path.Split('/')[1..];
        for (var index = 0; index < segments.Length; index++)
        {
            var segment = segments[index];
            var isLast = index == segments.Length - 1;
            if (segment is "." or "..")
            {
                return "goes up with '..'";
            }

            if (segment.Contains('{', StringComparison.Ordinal) || segment.Contains('}', StringComparison.Ordinal))
            {
                var name = segment.StartsWith("{**", StringComparison.Ordinal) ? segment[3..] : segment.TrimStart('{');
                if (!segment.StartsWith('{') || !segment.EndsWith('}') || name.Length < 2 || !name[..^1].All(char.IsAsciiLetterOrDigit))
                {
                    return $"has the part '{segment}'; a parameter is {{name}}, and {{**rest}} at the end takes all below";
                }

                if (segment.StartsWith("{**", StringComparison.Ordinal) && !isLast)
                {
                    return "has {**…} before its end";
                }
            }
        }

        return null;
    }
}
