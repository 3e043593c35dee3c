namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// Times of RFC 3339 (section 5.6), read without making a string. The offset must be there: "2026-07-01T03:00:00" is
/// a different time in every country, so it is refused, not guessed. Leap seconds are refused too.
/// </summary>
internal static class Rfc3339
{
    private const int MostFractionDigits = 9;

    /// <summary><see cref="DateTimeOffset"/> knows no offset beyond this.</summary>
    private const int MostOffsetMinutes = 14 * 60;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < "2026-07-01T03:00:00Z".Length
            || !TryDigits(text[..4], out var year) || text[4] != '-' || !TryDigits(text[5..7], out var month) || text[7] != '-' || !TryDigits(text[8..10], out var day)
            || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryDigits(text[11..13], out var hour) || text[13] != ':' || !TryDigits(text[14..16], out var minute) || text[16] != ':' || !TryDigits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var ticks) || !TryOffset(rest, out var offsetMinutes))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks + ticks;
        var offset = TimeSpan.FromMinutes(offsetMinutes);
        if (local > DateTime.MaxValue.Ticks || local - offset.Ticks < DateTime.MinValue.Ticks || local - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        var count = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (count is < 1 or > MostFractionDigits)
        {
            return false;
        }

        var nanoseconds = 0L;
        for (var place = 0; place < MostFractionDigits; place++)
        {
            nanoseconds = (nanoseconds * 10) + (place < count ? rest[1 + place] - '0' : 0);
        }

        ticks = (nanoseconds + 50) / TimeSpan.NanosecondsPerTick;
        rest = rest[(1 + count)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1)
        {
            return rest[0] is (byte)'Z' or (byte)'z';
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !TryDigits(rest[1..3], out var hours) || !TryDigits(rest[4..6], out minutes) || minutes > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + minutes) * (rest[0] == '-' ? -1 : 1);
        return Math.Abs(minutes) <= MostOffsetMinutes;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
