using System.Text;
using Microsoft.Data.Sqlite;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Files;

/// <summary>A secret that a service makes for itself when nobody gave it one: in a file that only its owner may read.</summary>
public static class SecretFile
{
    /// <returns>The path of a file beside an SQLite database; null on PostgreSQL, which has no place for one.</returns>
    public static string? BesideOf(DatabaseKind database, string name)
        => database.IsSqlite
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)) ?? ".", name)
            : null;

    /// <summary>Reads the file, or makes it first: whole or not at all, and never over one that another replica has just made.</summary>
    public static string ReadOrMake(string file, Func<string> make)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var whole = $"{file}.{Guid.NewGuid():N}";
            using (var stream = new FileStream(whole, OwnerOnly.Write(FileMode.CreateNew)))
            {
                stream.Write(Encoding.UTF8.GetBytes(make()));
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(whole, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(whole);
            }
        }

        return File.ReadAllText(file);
    }
}
