using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>What makes a batch wait, and what must not.</summary>
public sealed class IngestFaultsTests
{
    private static readonly SqliteException Locked = new("database is locked", 5);

    public static TheoryData<Exception> Passing { get; } =
    [
        Locked,
        new TimeoutException(),
        new InvalidOperationException("An exception that is likely due to a transient failure.", Locked),
        new OrleansException("Error from storage", Locked),
        new OrleansException("the silo died"),
    ];

    public static TheoryData<Exception> Lasting { get; } =
    [
        new InvalidOperationException("a rule is wrong"),
        new OrleansException("Error from storage", new JsonException("the state is malformed")),
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public void MayPass_WhenTheDatabaseOrASiloIsAway_IsTrue(Exception exception) => exception.MayPass().ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Lasting))]
    public void MayPass_WhenTryingAgainChangesNothing_IsFalse(Exception exception) => exception.MayPass().ShouldBeFalse();

    [Fact]
    public void IsDatabaseFault_WhenEntityFrameworkWrapsIt_IsTrue()
        => new InvalidOperationException("wrapped", Locked).IsDatabaseFault().ShouldBeTrue();
}
