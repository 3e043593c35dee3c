using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>Follows a log line by line: the chain of records here, their seals in the other part.</summary>
/// <param name="keys">Whose seals are believed.</param>
/// <param name="earlier">Of an export that was kept, or null.</param>
/// <param name="isWhole">Whether the log must begin with record 1; a part begins with the seal of the day before it.</param>
internal sealed partial class ExchangeLogCheck(ExchangeKeyRing keys, bool isWhole, ExchangeHead? earlier)
{
    private readonly List<ExchangeLogFault> _faults = [];
    private readonly SequenceGaps _gaps = new();
    private long _line;
    private long _records;
    private long _first;

    /// <summary>The sequence that must come next; null before the first line.</summary>
    private long? _next;

    /// <summary>Hash of the record before. Two where it was altered: the one it has and the one it states.</summary>
    private (string Computed, string Stated) _last = (ExchangeLines.Genesis, ExchangeLines.Genesis);

    private DateOnly? _day;

    public long Records => _records;

    public void Take(string line)
    {
        _line++;
        if (_head is not null && line.Length > 0)
        {
            Fault("line-malformed", null, "Something stands behind the head, where the log ends.");
        }
        else if (!ExchangeLines.TrySplit(line, out var kind, out var body, out var proof))
        {
            Fault("line-malformed", _next ?? 1, $"The line is no record, seal or head; it stands where record {_next ?? 1} or its seal belongs.");
        }
        else if (kind == ExchangeLines.RecordKind)
        {
            TakeRecord(body, proof);
        }
        else if (kind == ExchangeLines.SealKind)
        {
            TakeSeal(body, proof);
        }
        else
        {
            TakeHead(body, proof);
        }
    }

    public ExchangeLogReport Finish()
    {
        foreach (var (from, to, line) in _gaps.Ranges)
        {
            _faults.Add(Missing(line, from, to));
        }

        if (earlier is not null && (_next ?? 1) <= earlier.Last)
        {
            var here = (_next ?? 1) - 1;
            _faults.Add(new ExchangeLogFault("log-truncated", 0, here + 1, $"Records {here + 1} to {earlier.Last} are missing: an earlier export had them.") { Through = earlier.Last });
        }

        if (_head is null)
        {
            _faults.Add(new ExchangeLogFault("head-missing", 0, _next, "The log has no good head: its end may be cut off."));
        }

        return new ExchangeLogReport(_records, _seals, _first, (_next ?? 1) - 1, _sealedUntil, _faults);
    }

    private void TakeRecord(string body, string stated)
    {
        _records++;
        var computed = ExchangeLines.HashOf(body);
        var record = ExchangeLines.Read<ExchangeRecord>(body);
        if (computed != stated || record?.Event is null)
        {
            // Its number may be altered too: its place tells which it was.
            var place = _next ?? (record is { Sequence: > 0 } ? record.Sequence : 1);
            Fault("record-altered", place, $"Record {place} was altered: its bytes do not have the hash that stands beside them.");
            Advance(place, (computed, stated));
            return;
        }

        if (_next is { } expected && record.Sequence < expected)
        {
            var (code, what) = _gaps.TryFill(record.Sequence) ? ("record-reordered", "stands behind a later one") : ("record-repeated", "stands here once more");
            Fault(code, record.Sequence, $"Record {record.Sequence} {what}.");
            return;
        }

        CheckLink(record);
        CheckDay(record);
        Advance(record.Sequence, (computed, stated));
    }

    private void CheckLink(ExchangeRecord record)
    {
        var expected = _next ?? 1;
        if (record.Sequence > expected)
        {
            _gaps.Add(expected, record.Sequence - 1, _line);
        }
        else if (record.PreviousHash != _last.Computed && record.PreviousHash != _last.Stated)
        {
            Fault("chain-broken", record.Sequence, $"Record {record.Sequence} does not follow on the record {record.Sequence - 1} that stands here: one of the two was replaced.");
        }
    }

    private void CheckDay(ExchangeRecord record)
    {
        var day = DateOnly.FromDateTime(JapanTime.From(record.RecordedAt).DateTime);
        // Records missing here may be of either day; those that are here must be sealed.
        if (_day is { } before && day > before && _next - 1 is { } here && _sealedThrough < here)
        {
            Fault("seal-missing", here, $"The day {before:yyyy-MM-dd} ended without its seal.");
        }

        _day = day;
    }

    private void Advance(long sequence, (string Computed, string Stated) hashes)
    {
        _first = _first == 0 ? sequence : _first;
        if (sequence == earlier?.Last && hashes.Computed != earlier.LastHash && hashes.Stated != earlier.LastHash)
        {
            Fault("history-rewritten", sequence, $"Record {sequence} is another than in an earlier export: it or one before it was written anew.");
        }

        _next = sequence + 1;
        _last = hashes;
    }

    private static ExchangeLogFault Missing(long line, long from, long to)
        => new("record-missing", line, from, from == to ? $"Record {from} is missing." : $"Records {from} to {to} are missing.") { Through = to };

    private void Fault(string code, long? sequence, string message) => _faults.Add(new ExchangeLogFault(code, _line, sequence, message));
}
