using System.Diagnostics;

namespace SmartCity.Gateway.Door;

/// <summary>
/// The trace of a request. The server begins one where somebody listens or logs; where nobody does, the door does, since
/// its access log and the services behind it name it all the same.
/// </summary>
internal static class Trace
{
    /// <returns>Ends it when disposed; null when the server has begun one.</returns>
    public static Activity? Begin(HttpContext http)
    {
        if (Activity.Current is not null)
        {
            return null;
        }

        var activity = new Activity("gateway.request").SetIdFormat(ActivityIdFormat.W3C);
        if (http.Request.Headers.TraceParent.ToString() is { Length: > 0 } parent)
        {
            activity.SetParentId(parent);
        }

        return activity.Start();
    }
}
