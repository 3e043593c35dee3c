using Microsoft.AspNetCore.Http.Features;
using SmartCity.Gateway.Caching;
using SmartCity.Gateway.Routing;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Door;

/// <summary>One request on its way through the gateway, with what the steps found out about it.</summary>
internal sealed class Call(HttpContext http, CallTrace trace, long started)
{
    public HttpContext Http { get; } = http;

    public CallTrace Trace { get; } = trace;

    /// <summary>The clock's timestamp.</summary>
    public long Started { get; } = started;

    /// <summary>Null outside <c>/api/{municipality}</c> and the registry's <c>municipalities/{code}</c>, and for one that is not served yet.</summary>
    public TownRoutes? Town { get; set; }

    /// <summary>Whose path of the registry it is: the code as it is written there, be it of a town or not.</summary>
    public string? RegistryMunicipality { get; set; }

    public TownTarget? TownTarget { get; set; }

    /// <summary>Null for what the gateway answers itself.</summary>
    public Target? Target { get; set; }

    public TargetRoute? Route { get; set; }

    /// <summary>Of the route where it has its own, else of the service. Only of a call that has a target.</summary>
    public RouteLimits Limits => field ??= Route?.Limits ?? Target!.LimitsOf(Http.Request.Method, Rest);

    /// <summary>The path below the service.</summary>
    public string Rest { get; set; } = "";

    /// <summary>Null when nobody is signed in.</summary>
    public CityCaller? Caller { get; set; }

    /// <summary>The site of another origin whose page asks, when the town allows it.</summary>
    public string? AllowedOrigin { get; set; }

    public System.Net.IPAddress? ClientAddress { get; set; }

    /// <summary>Set when the service's answer may be kept.</summary>
    public CacheTicket? Ticket { get; set; }

    public bool FromCache { get; set; }

    public int Retries { get; set; }

    /// <summary>The caller went away before there was an answer.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Set when the body's length was not known from its headers.</summary>
    public CountingStream? Counted { get; set; }

    /// <summary>Of a stream that was shared with others.</summary>
    public long? StreamedBytes { get; set; }

    public bool IsReading => HttpMethods.IsGet(Http.Request.Method) || HttpMethods.IsHead(Http.Request.Method);

    /// <summary>Whether the request may be sent twice: it reads, and has no body that is gone by then.</summary>
    public bool IsRepeatable => IsReading && Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true;
}
