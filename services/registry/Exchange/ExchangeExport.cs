using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Registry.Exchange;

/// <summary>The log as NDJSON, for <see cref="ExchangeLogVerifier"/>.</summary>
internal static class ExchangeExport
{
    private const string MediaType = "application/x-ndjson";
    private const int BatchSize = 500;

    /// <summary>Records of the days <c>from</c> to <c>to</c> (Japan time, both included) with their seals; all of them without the two.</summary>
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetExport(
        RegistryDbContext database, ExchangeDesk desk, ExchangeSigner signer, TimeProvider clock, HttpContext http, CancellationToken cancellationToken,
        string? from = null, string? to = null)
    {
        if (!TryDay(from, out var first) || !TryDay(to, out var last) || first > last)
        {
            return Problem.BadRequest("days-malformed", "from and to are days.", "Write them as 2026-07-01, from not after to, in Japan time.");
        }

        // Before the records are read: a head that were later than midnight would ask for the seal of a day that still ran.
        var now = clock.GetJapanNow();
        await desk.RecordAsync(http, new ExchangeEntry("none", "exchange-log.export", ExchangePurposes.Audit, null), cancellationToken);
        var rows = database.Set<ExchangeRow>().IgnoreQueryFilters().AsNoTracking();
        var (start, end) = (StartOf(first ?? DateOnly.MinValue), StartOf(last is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : DateOnly.MaxValue));
        var found = await rows.Where(row => row.RecordedAt >= start && row.RecordedAt < end)
            .GroupBy(_ => 1).Select(all => new { First = all.Min(row => row.Sequence), Last = all.Max(row => row.Sequence) }).SingleOrDefaultAsync(cancellationToken);
        return TypedResults.Stream(
            stream => WriteAsync(stream, database, signer, found?.First ?? 0, found?.Last ?? 0, now, http.RequestAborted), MediaType, "exchange-log.ndjson");
    }

    private static async Task WriteAsync(
        Stream stream, RegistryDbContext database, ExchangeSigner signer, long first, long last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        // The seal before the first record ties this part to all that was before it.
        var seals = new Queue<SealRow>(await database.Set<SealRow>().AsNoTracking()
            .Where(row => row.LastSequence >= first - 1 && row.LastSequence <= last).OrderBy(row => row.Number).ToListAsync(cancellationToken));
        await WriteSealAsync(first - 1);
        var lastHash = ExchangeLines.Genesis;
        for (var next = first; next > 0 && next <= last;)
        {
            var batch = await database.Set<ExchangeRow>().IgnoreQueryFilters().AsNoTracking()
                .Where(row => row.Sequence >= next && row.Sequence <= last).OrderBy(row => row.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var row in batch)
            {
                await WriteSealAsync(row.Sequence - 1);
                await writer.WriteLineAsync(ExchangeLines.Line(ExchangeLines.RecordKind, row.Body, row.Hash));
                await WriteSealAsync(row.Sequence);
                lastHash = row.Hash;
            }

            // Rows that somebody deleted leave a hole, and the verifier names it.
            next = batch.Count > 0 ? batch[^1].Sequence + 1 : last + 1;
        }

        var head = ExchangeLines.Write(new ExchangeHead(first, last, lastHash, now, signer.KeyId));
        await writer.WriteLineAsync(ExchangeLines.Line(ExchangeLines.HeadKind, head, signer.Sign(head)));

        async Task WriteSealAsync(long sequence)
        {
            while (seals.TryPeek(out var seal) && seal.LastSequence <= sequence)
            {
                seals.Dequeue();
                await writer.WriteLineAsync(ExchangeLines.Line(ExchangeLines.SealKind, seal.Body, seal.Signature));
            }
        }
    }

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is not null && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            day = parsed;
        }

        return text is null || day is not null;
    }

    private static DateTimeOffset StartOf(DateOnly day)
        => day <= DateOnly.FromDateTime(DateTime.UnixEpoch) ? DateTimeOffset.UnixEpoch : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), JapanTime.Offset);
}
