using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Live;

/// <summary>What vehicles of a town took between stops, as it is stored.</summary>
public sealed class LearnedTimes : ITownOwned
{
    /// <summary>Segments and hours that are stored of a town: those that were observed last.</summary>
    public const int MostRows = 100_000;

    /// <summary>Of what is unpacked; all that is ever packed is less.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    public required string Municipality { get; init; }

    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>JSON rows, as gzip.</summary>
    public required byte[] Packed { get; set; }

    internal static byte[] Pack(IEnumerable<SegmentTimesRow> rows)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, rows.OrderByDescending(static row => row.NewestAt).Take(MostRows).ToArray(), CityJson.Options);
        }

        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">It is not what was packed.</exception>
    internal IReadOnlyList<SegmentTimesRow> Unpack()
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Packed, writable: false), CompressionMode.Decompress);
            using var json = new MemoryStream();
            var buffer = new byte[81_920];
            for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
            {
                json.Write(buffer, 0, read);
                if (json.Length > MostBytes)
                {
                    throw new InvalidDataException($"It is larger than {MostBytes} bytes.");
                }
            }

            var rows = JsonSerializer.Deserialize<SegmentTimesRow[]>(json.GetBuffer().AsSpan(0, (int)json.Length), CityJson.Options) ?? [];
            return Array.TrueForAll(rows, IsSound) ? rows : throw new InvalidDataException("A row says what no vehicle can have taken.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("It is no list of rows.", exception);
        }
    }

    private static bool IsSound(SegmentTimesRow row)
        => row is { FromStopId: not null, ToStopId: not null, Hour: >= 0 and <= 23, Seconds: not null } && Enum.IsDefined(row.Day) && Array.TrueForAll(row.Seconds, static one => one is >= 0 and <= 3_600);
}

internal sealed class LearnedTimesTable : IEntityTypeConfiguration<LearnedTimes>
{
    public void Configure(EntityTypeBuilder<LearnedTimes> builder) => builder.ToTable("learned_times").HasKey(row => row.Municipality);
}
