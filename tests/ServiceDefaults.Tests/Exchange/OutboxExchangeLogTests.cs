using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Tests.Exchange;

public sealed class OutboxExchangeLogTests
{
    private readonly OutboxExchangeLog _log = new("telemedicine", TimeProvider.System);

    [Fact]
    public void Record_WhenAClerkActsForAResident_NamesBothInTheCallersOutbox()
    {
        using var database = new Database();
        var http = Clerk();
        http.Features.Set(new ActingFor("clerk-1", "resident-1", "grant-1", "162043", GrantKind.Counter));

        _log.Record(database, http, new ExchangeEntry("162043", "appointment.book", ExchangePurposes.OnBehalf, "resident-1") { PurposeText = "窓口" });

        var row = database.ChangeTracker.Entries<Messaging.OutboxEvent>().ShouldHaveSingleItem().Entity;
        row.Topic.ShouldBe(Topics.ExchangeRecorded);
        var recorded = JsonSerializer.Deserialize<ExchangeRecorded>(row.Payload, CityJson.Options)!;
        recorded.EventId.ShouldBe(row.EventId);
        recorded.Actor.ShouldBe(new ExchangeActor("clerk-1", "clerk", "162043"));
        (recorded.OnBehalfOf, recorded.GrantId, recorded.Subject, recorded.Service).ShouldBe(("resident-1", "grant-1", "resident-1", "telemedicine"));
    }

    [Fact]
    public void Record_WhenThePurposeIsNotOnTheList_IsNotDone()
    {
        using var database = new Database();

        Should.Throw<InvalidOperationException>(() => _log.Record(database, Clerk(), new ExchangeEntry("162043", "appointment.read", "curiosity", "resident-1")));

        database.ChangeTracker.Entries().ShouldBeEmpty();
    }

    private static DefaultHttpContext Clerk() => new()
    {
        User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "clerk-1"), new Claim("role", "clerk"), new Claim("municipality", "162043")], "test", "sub", "role")),
    };

    private sealed class Database() : CityDbContext(new DbContextOptionsBuilder<Database>().UseSqlite("Data Source=:memory:").Options, new TownScope());
}
