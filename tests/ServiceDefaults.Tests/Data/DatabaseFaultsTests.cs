using Microsoft.EntityFrameworkCore;
using Npgsql;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Tests.Data;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.InvalidPassword)]
    [InlineData(PostgresErrorCodes.InvalidCatalogName)]
    [InlineData(PostgresErrorCodes.InvalidSchemaName)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    [InlineData(PostgresErrorCodes.IndexCorrupted)]
    public void IsDatabaseAway_WhenTheServerOrItsSetUpIsTheReason_IsTrue(string state)
        => new DbUpdateException("wrapped", Fault(state)).IsDatabaseAway().ShouldBeTrue();

    [Theory]
    [InlineData(PostgresErrorCodes.SyntaxError)]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    [InlineData(PostgresErrorCodes.CharacterNotInRepertoire)]
    public void IsDatabaseAway_WhenTheStatementIsTheReason_IsFalse(string state) => Fault(state).IsDatabaseAway().ShouldBeFalse();

    [Fact]
    public void IsTextRefused_WhenATextHasANul_IsTrueForThatAlone()
    {
        new DbUpdateException("wrapped", Fault(PostgresErrorCodes.CharacterNotInRepertoire)).IsTextRefused().ShouldBeTrue();
        Fault(PostgresErrorCodes.UniqueViolation).IsTextRefused().ShouldBeFalse();
    }

    private static PostgresException Fault(string state) => new("fault", "ERROR", "ERROR", state);
}
