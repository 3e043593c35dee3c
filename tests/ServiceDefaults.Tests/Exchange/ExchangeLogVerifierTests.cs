using System.Security.Cryptography;
using System.Text;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Exchange;

/// <summary>Lines of the sample: records 1 2, seal 1, records 3 4, seal 2, records 5 6, head.</summary>
public sealed class ExchangeLogVerifierTests : IDisposable
{
    private readonly SampleLog _log = SampleLog.Create();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Verify_WhenNothingWasTouched_IsIntact()
    {
        var report = await _log.VerifyAsync();

        report.Faults.ShouldBeEmpty();
        (report.Records, report.Seals, report.First, report.Last).ShouldBe((6, 2, 1, 6));
        report.SealedUntil.ShouldBe(new DateOnly(2026, 7, 2));
    }

    [Fact]
    public async Task Verify_WhenAnyByteOfAnyRecordChanges_NamesTheRecord()
    {
        foreach (var (index, sequence) in ((int, long)[])[(0, 1), (1, 2), (3, 3), (7, 6)])
        {
            var bytes = Encoding.UTF8.GetBytes(_log.Lines[index]);
            for (var at = 0; at < bytes.Length; at += 3)
            {
                var tampered = bytes.ToArray();
                tampered[at] ^= 1;
                var lines = _log.Lines.ToList();
                // A byte may also become one that no text has: as a reader would see it.
                lines[index] = Encoding.UTF8.GetString(tampered).Replace("\n", "\v", StringComparison.Ordinal);
                var report = await _log.VerifyAsync(lines);
                report.Faults.ShouldContain(fault => fault.Line == index + 1 && fault.Sequence == sequence, $"byte {at} of record {sequence}");
            }
        }
    }

    [Fact]
    public async Task Verify_WhenAnyByteOfASealOrTheHeadChanges_IsForged()
    {
        foreach (var index in (int[])[2, 5, 8])
        {
            var bytes = Encoding.UTF8.GetBytes(_log.Lines[index]);
            for (var at = 0; at < bytes.Length; at += 5)
            {
                var tampered = bytes.ToArray();
                tampered[at] ^= 1;
                var lines = _log.Lines.ToList();
                lines[index] = Encoding.UTF8.GetString(tampered);
                (await _log.VerifyAsync(lines)).IsIntact.ShouldBeFalse($"byte {at} of line {index + 1}");
            }
        }
    }

    [Theory]
    [InlineData(0, "record-missing", 1)]
    [InlineData(1, "log-truncated", 2)]
    [InlineData(3, "record-missing", 3)]
    [InlineData(6, "record-missing", 5)]
    [InlineData(7, "log-truncated", 6)]
    [InlineData(2, "seal-missing", 2)]
    [InlineData(5, "seal-missing", 4)]
    [InlineData(8, "head-missing", 7)]
    public async Task Verify_WhenALineIsDropped_NamesIt(int index, string code, long sequence)
    {
        _log.Lines.RemoveAt(index);

        (await _log.VerifyAsync()).Faults.ShouldContain(fault => fault.Code == code && fault.Sequence == sequence);
    }

    [Fact]
    public async Task Verify_WhenTwoRecordsAreSwapped_NamesTheOneThatIsLate()
    {
        (_log.Lines[0], _log.Lines[1]) = (_log.Lines[1], _log.Lines[0]);

        (await _log.VerifyAsync()).Faults.ShouldContain(fault => fault.Code == "record-reordered" && fault.Sequence == 1 && fault.Line == 2);
    }

    [Fact]
    public async Task Verify_WhenARecordStandsTwice_NamesIt()
    {
        _log.Lines.Insert(4, _log.Lines[3]);

        (await _log.VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("record-repeated"), fault => fault.Sequence.ShouldBe(3));
    }

    [Fact]
    public async Task Verify_WhenTheWholeChainIsWrittenAnewWithoutTheKey_TheSealsDoNotFit()
    {
        using var forged = new SampleLog();
        forged.Add(new DateTimeOffset(2026, 7, 1, 23, 0, 0, TimeSpan.FromHours(9)));
        forged.Add(new DateTimeOffset(2026, 7, 1, 23, 30, 0, TimeSpan.FromHours(9)));
        string[] lines = [.. forged.Lines, .. _log.Lines.Skip(2)];

        var faults = (await _log.VerifyAsync(lines)).Faults;

        faults.ShouldContain(fault => fault.Code == "seal-mismatch" && fault.Sequence == 2);
        faults.ShouldContain(fault => fault.Code == "chain-broken" && fault.Sequence == 3);
    }

    [Fact]
    public async Task Verify_WhenSealedByAnotherKey_IsForged()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var report = await _log.VerifyAsync(publicKey: stranger.ExportSubjectPublicKeyInfoPem());

        report.Faults.Select(fault => fault.Code).ShouldBe(["seal-forged", "seal-forged", "head-forged", "head-missing"]);
        report.SealedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_WhenCutOffAfterALaterSeal_SaysWhatIsMissing()
    {
        string[] lines = [_log.Lines[0], _log.Lines[1], _log.Lines[2], _log.Lines[5]];

        (await _log.VerifyAsync(lines)).Faults.ShouldContain(fault => fault.Code == "log-truncated" && fault.Sequence == 3);
    }

    [Fact]
    public async Task Verify_WhenItBeginsWithTheSealOfTheDayBefore_FollowsFromThere()
    {
        using var log = SampleLog.Create();
        log.Lines.RemoveAt(log.Lines.Count - 1);
        log.AddHead(first: 5);

        var report = await log.VerifyAsync(log.Lines.Skip(5));

        report.Faults.ShouldBeEmpty();
        (report.First, report.Last).ShouldBe((5, 6));
        (await log.VerifyAsync(log.Lines.Skip(5).Where((_, index) => index != 1))).Faults.ShouldContain(fault => fault.Code == "record-missing" && fault.Sequence == 5);
    }

    [Fact]
    public async Task Verify_WhenTheLastDayIsOverAndHasNoSeal_SaysSo()
    {
        using var log = SampleLog.Create();
        log.Lines.RemoveAt(log.Lines.Count - 1);
        log.AddHead(first: 1, after: TimeSpan.FromDays(1));

        (await log.VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("seal-missing"), fault => fault.Sequence.ShouldBe(6));
    }

    [Fact]
    public async Task Verify_WhenTheFirstDaysAreGoneFromAWholeLog_NamesTheirRecords()
    {
        using var log = SampleLog.Create();
        log.Lines.RemoveAt(log.Lines.Count - 1);
        log.AddHead(first: 3);
        var rest = log.Lines.Skip(2).ToList();

        (await log.VerifyAsync(rest)).Faults.ShouldBeEmpty();
        (await log.VerifyAsync(rest, isWhole: true)).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("record-missing"), fault => (fault.Sequence, fault.Through).ShouldBe((1, 2)));
    }
}
