using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>What every endpoint does alike to which the sidecar delivers events. They are outside <c>/api</c>, so the gateway never routes to them.</summary>
public static class EventDelivery
{
    /// <summary>Subscribes the endpoint to a topic; what can't be taken goes to the dead letters.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="refusedInstead">What a refusal of a number would lead to, for the list of what is not looked through.</param>
    public static RouteHandlerBuilder WithEvents(this RouteHandlerBuilder route, string topic, string refusedInstead)
        => route.WithTopic(new TopicOptions { PubsubName = Topics.PubSub, Name = topic, DeadLetterTopic = Topics.DeadLetter })
            .WithoutMyNumberCheck("An event of another service, whose texts were checked when a person wrote them; " + refusedInstead)
            .ExcludeFromDescription();

    /// <summary>
    /// Dapr's answers (pub/sub API reference): an empty 200 acknowledges, RETRY has the event delivered again. That is asked for where
    /// another delivery of the same event won or the database is away: nothing was saved, nothing is lost.
    /// </summary>
    /// <param name="take">Takes the event.</param>
    /// <param name="notSaved">Says in the log that it could not be.</param>
    public static async Task<Results<Ok, Ok<DeliveryAnswer>>> TakeAsync(Func<Task> take, Action<Exception> notSaved)
    {
        try
        {
            await take();
            return TypedResults.Ok();
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            notSaved(exception);
            return TypedResults.Ok(new DeliveryAnswer("RETRY"));
        }
    }
}

/// <param name="Status"><c>RETRY</c>.</param>
public sealed record DeliveryAnswer(string Status);
