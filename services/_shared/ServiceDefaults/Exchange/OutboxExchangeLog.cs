using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Sends records to the registry's chain by the caller's outbox.</summary>
/// <param name="service">App id of this service.</param>
/// <param name="clock">The time of the records.</param>
internal sealed class OutboxExchangeLog(string service, TimeProvider clock) : IExchangeLog
{
    public void Record(CityDbContext database, HttpContext http, ExchangeEntry entry)
    {
        var record = entry.ToEvent(http, service, clock.GetUtcNow());
        database.Outbox.Add(OutboxEvent.Of(Topics.ExchangeRecorded, record.EventId, record, record.At));
    }
}
