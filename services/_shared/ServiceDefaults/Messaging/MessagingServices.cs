using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Engine;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>Dapr pub/sub with a transactional outbox and an inbox.</summary>
public static class MessagingServices
{
    /// <summary>Dapr client and the publisher of the service's outbox.</summary>
    public static void AddCityMessaging<TContext>(this WebApplicationBuilder builder)
        where TContext : CityDbContext
    {
        builder.AddCityDapr();
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddHostedService<OutboxPublisher<TContext>>();
    }

    /// <summary>
    /// Marks an event as taken inside the caller's transaction; false when it was taken before. The primary key, not
    /// this look, decides between two deliveries at once.
    /// </summary>
    public static async Task<bool> TryTakeAsync(this CityDbContext database, string eventId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await database.Inbox.AnyAsync(row => row.EventId == eventId, cancellationToken))
        {
            return false;
        }

        database.Inbox.Add(new InboxEvent { EventId = eventId, ReceivedAt = now });
        return true;
    }
}
