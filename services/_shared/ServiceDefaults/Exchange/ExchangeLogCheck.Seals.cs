using SmartCity.ServiceDefaults.Data;

namespace SmartCity.ServiceDefaults.Exchange;

internal sealed partial class ExchangeLogCheck
{
    private long _seals;
    private long _sealedThrough;
    private DateOnly? _sealedUntil;
    private ExchangeHead? _head;

    /// <summary>The seal before, with its hash; null before the first and behind a forged one.</summary>
    private (long Number, string Hash)? _seal;

    private void TakeSeal(string body, string signature)
    {
        _seals++;
        var seal = ExchangeLines.Read<ExchangeSeal>(body);
        if (seal is null || !keys.Verify(seal.KeyId, body, signature))
        {
            Fault("seal-forged", _next - 1, $"The seal of {seal?.Day.ToString("yyyy-MM-dd", null) ?? "a day"} is not signed by a key that is believed.");
            (_seal, _sealedThrough) = (null, (_next ?? 1) - 1);
            return;
        }

        if (_next is null)
        {
            // An export of later days begins with the seal of the day before: all earlier is as it says.
            if (isWhole)
            {
                _faults.Add(Missing(_line, 1, seal.Last));
            }

            (_next, _last) = (seal.Last + 1, (seal.LastHash, seal.LastHash));
        }
        else
        {
            CheckSeal(seal);
        }

        (_seal, _sealedThrough, _sealedUntil) = ((seal.Number, ExchangeLines.HashOf(body)), seal.Last, seal.Day);
    }

    private void CheckSeal(ExchangeSeal seal)
    {
        var isNext = _seal is { } before
            ? seal.Number == before.Number + 1 && seal.PreviousSealHash == before.Hash
            : _seals > 1 || (seal.Number == 1 && seal.PreviousSealHash == ExchangeLines.Genesis);
        if (!isNext)
        {
            Fault("seal-missing", seal.First, $"The seal of {seal.Day:yyyy-MM-dd} is number {seal.Number} and does not follow on the one before it here.");
        }

        CheckEnd(seal.Last, seal.LastHash, $"the seal of {seal.Day:yyyy-MM-dd}");
    }

    private void TakeHead(string body, string signature)
    {
        var head = ExchangeLines.Read<ExchangeHead>(body);
        if (head is null || !keys.Verify(head.KeyId, body, signature))
        {
            Fault("head-forged", _next, "The head is not signed by a key that is believed.");
            return;
        }

        _head = head;
        if (_day is { } day && _next is { } next && _sealedThrough < next - 1 && DateOnly.FromDateTime(JapanTime.From(head.ExportedAt).DateTime) > day)
        {
            Fault("seal-missing", next - 1, $"The day {day:yyyy-MM-dd} ended without its seal.");
        }

        CheckEnd(head.Last, head.LastHash, "the head");
        if (head.First != 0 && head.First < (_first == 0 ? head.Last + 1 : _first) && !_faults.Exists(fault => fault.Code == "log-truncated"))
        {
            _faults.Add(Missing(_line, head.First, (_first == 0 ? head.Last + 1 : _first) - 1));
        }
    }

    // What was signed about the last record: it must be here, and be the same.
    private void CheckEnd(long last, string lastHash, string who)
    {
        var here = (_next ?? 1) - 1;
        if (last > here)
        {
            _faults.Add(new ExchangeLogFault("log-truncated", _line, here + 1, $"Records {here + 1} to {last} are missing: {who} covers them.") { Through = last });
            (_next, _last) = (last + 1, (lastHash, lastHash));
        }
        else if (last < here)
        {
            Fault("seal-mismatch", last + 1, $"{who} ends with record {last}, but record {here} stands before it.");
        }
        else if (lastHash != _last.Computed && lastHash != _last.Stated)
        {
            Fault("seal-mismatch", last, $"Record {last} is not the one that {who} was made for: the chain up to it was written anew.");
        }
    }
}
