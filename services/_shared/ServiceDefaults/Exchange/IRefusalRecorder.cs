using Microsoft.AspNetCore.Http;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Keeps that somebody tried to act for another without a grant; a service that has one registers it.</summary>
public interface IRefusalRecorder
{
    /// <param name="http">Names the actor.</param>
    /// <param name="subject">For whom they said to act, as they wrote it.</param>
    Task RecordAsync(HttpContext http, string subject, CancellationToken cancellationToken);
}
