using System.Data.Common;
using System.Globalization;

namespace SmartCity.ServiceTestKit;

/// <summary>SQL that a test writes itself.</summary>
public static class SqlExtensions
{
    public static async Task ExecuteAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of every row.</summary>
    public static async Task<string[]> ColumnAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return [.. found];
    }
}
