using System.Security.Cryptography;
using System.Text;
using SmartCity.Contracts.Events;
using SmartCity.ServiceDefaults.Exchange;

namespace SmartCity.ServiceTestKit;

/// <summary>A log of several days, written as the registry writes it, with a key that an attacker has not.</summary>
public sealed class SampleLog : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 22, 0, 0, TimeSpan.FromHours(9));
    private readonly ECDsa _key;
    private readonly string _subject;
    private string _lastHash = ExchangeLines.Genesis;
    private string _lastSealHash = ExchangeLines.Genesis;
    private (long First, DateOnly Day) _open = (1, default);
    private long _sequence;
    private long _seals;

    public SampleLog(ECDsa? key = null, string subject = "resident-1") => (_key, _subject) = (key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), subject);

    public List<string> Lines { get; } = [];

    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Six records of three days, the first two days sealed.</summary>
    public static SampleLog Create()
    {
        var log = new SampleLog();
        foreach (var hour in (double[])[0, 1, 24, 25, 48, 49])
        {
            log.Add(Start.AddHours(hour));
        }

        log.AddHead(first: 1);
        return log;
    }

    /// <summary>Another log by the same key: whoever wrote it held the registry, not only its database.</summary>
    public static SampleLog Create(SampleLog sameKey, int records, string subject = "resident-1")
    {
        var key = ECDsa.Create(sameKey._key.ExportParameters(includePrivateParameters: true));
        var log = new SampleLog(key, subject);
        for (var record = 0; record < records; record++)
        {
            log.Add(Start.AddHours((24 * Math.Min(record / 2, 2)) + (record < 6 ? record % 2 : 1)));
        }

        log.AddHead(first: 1, after: TimeSpan.FromHours(records < 6 ? -24 : 0));
        return log;
    }

    public void Add(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.DateTime);
        if (_sequence > 0 && day > _open.Day)
        {
            AddSeal(_open.Day, at);
            _open = (_sequence + 1, day);
        }

        _open.Day = day;
        _sequence++;
        var body = ExchangeLines.Write(new ExchangeRecord(_sequence, _lastHash, at, new ExchangeRecorded
        {
            EventId = $"event-{_sequence}",
            Municipality = "162043",
            At = at,
            Service = "telemedicine",
            Operation = "appointment.read",
            Actor = new ExchangeActor("clerk-1", "clerk", "162043"),
            Purpose = ExchangePurposes.CounterService,
            PurposeText = "窓口",
            Subject = _subject,
            Result = "ok",
        }));
        _lastHash = ExchangeLines.HashOf(body);
        Lines.Add(ExchangeLines.Line(ExchangeLines.RecordKind, body, _lastHash));
    }

    /// <param name="first">Of the export.</param>
    /// <param name="after">How long after the last record; a second when left out.</param>
    public void AddHead(long first, TimeSpan? after = null) => Lines.Add(Signed(ExchangeLines.HeadKind,
        ExchangeLines.Write(new ExchangeHead(first, _sequence, _lastHash, Start.AddHours(49) + (after ?? TimeSpan.FromSeconds(1)), ExchangeKeyRing.IdOf(_key)))));

    public Task<ExchangeLogReport> VerifyAsync(IEnumerable<string>? lines = null, string? publicKey = null, bool isWhole = false)
        => ExchangeLogVerifier.VerifyAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines ?? Lines) + "\n")), [publicKey ?? PublicKey], isWhole);

    public void Dispose() => _key.Dispose();

    private void AddSeal(DateOnly day, DateTimeOffset at)
    {
        var body = ExchangeLines.Write(new ExchangeSeal(++_seals, day, _open.First, _sequence, _lastHash, _lastSealHash, at, ExchangeKeyRing.IdOf(_key)));
        _lastSealHash = ExchangeLines.HashOf(body);
        Lines.Add(Signed(ExchangeLines.SealKind, body));
    }

    private string Signed(string kind, string body)
        => ExchangeLines.Line(kind, body, Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256)));
}
