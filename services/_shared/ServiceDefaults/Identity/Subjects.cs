using Microsoft.AspNetCore.Http;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Who asks.</summary>
public static class Subjects
{
    /// <summary>Token subject of the signed-in person, for the record of who did what.</summary>
    public static string Subject(this HttpContext http)
        => http.User.FindFirst(CityClaims.Subject)?.Value ?? throw new InvalidOperationException("The token has no subject, and the route let it pass.");
}
