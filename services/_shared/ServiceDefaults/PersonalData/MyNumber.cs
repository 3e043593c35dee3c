namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Finds Individual Numbers (個人番号, "My Number") in free text. Check digit: with P1 to P11 the digits from the right
/// and weights n+1 for n ≤ 6, n−5 above, it is 11 − (ΣPnQn mod 11), or 0 where that remainder is 0 or 1 (Ordinance of
/// the Ministry of Internal Affairs and Communications No. 85 of 2014, article 5).
/// </summary>
public static class MyNumber
{
    private const int Length = 12;

    /// <summary>Whether the text holds a number of 12 digits, in any width and script, also grouped, that passes the check.</summary>
    /// <remarks>
    /// Not taken for one: the digits behind a decimal point, a longer run of digits, an international telephone number
    /// of Japan (<c>+81…</c>), groups that read as a date, and the digits of a UUID or of a hash.
    /// </remarks>
    public static bool IsIn(string? text) => IndexesIn(text).Any();

    /// <summary>Where such numbers begin, in UTF-16 units.</summary>
    public static IEnumerable<int> IndexesIn(string? text)
    {
        if (text is null || !MayHold(text))
        {
            yield break;
        }

        var groups = DigitGroups.In(text);
        for (var first = 0; first < groups.Count; first++)
        {
            if (IsNumberFrom(text, groups, first))
            {
                yield return groups[first].Index;
            }
        }
    }

    /// <summary>Whether these are exactly 12 ASCII digits of which the last is the check digit of the others.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Length || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var sum = 0;
        for (var position = 1; position < Length; position++)
        {
            var weight = position <= 6 ? position + 1 : position - 5;
            sum += (digits[Length - 1 - position] - '0') * weight;
        }

        var remainder = sum % 11;
        return (remainder <= 1 ? 0 : 11 - remainder) == digits[^1] - '0';
    }

    // Most texts end here: fewer than twelve characters that could be digits.
    private static bool MayHold(string text)
    {
        var possible = 0;
        foreach (var character in text)
        {
            if ((!char.IsAscii(character) || char.IsAsciiDigit(character)) && ++possible == Length)
            {
                return true;
            }
        }

        return false;
    }

    // The groups from the first one on whose digits are twelve together.
    private static bool IsNumberFrom(string text, List<DigitGroup> groups, int first)
    {
        Span<char> digits = stackalloc char[Length];
        var count = 0;
        for (var index = first; index < groups.Count; index++)
        {
            var group = groups[index];
            if ((index > first && group.LinkedBy == '\0') || count + group.Digits.Length > Length)
            {
                return false;
            }

            group.Digits.CopyTo(digits[count..]);
            count += group.Digits.Length;
            if (count == Length)
            {
                return IsValid(digits)
                    && (index == first || IsWrittenAsOne(groups, first, index))
                    && !NumberShapes.IsSomethingElse(text, groups[first].Index, group.End, digits);
            }
        }

        return false;
    }

    // Groups of one size (1234 5678 9018) may stand beside other numbers; any other grouping must stand alone and be no date.
    private static bool IsWrittenAsOne(List<DigitGroup> groups, int first, int last)
    {
        var size = groups[first].Digits.Length;
        var even = groups.Skip(first).Take(last - first + 1).All(group => group.Digits.Length == size)
            && groups.Skip(first + 1).Take(last - first).All(group => group.LinkedBy == groups[first + 1].LinkedBy);
        if (even && size > 2)
        {
            return true;
        }

        var alone = groups[first].LinkedBy == '\0' && (last + 1 == groups.Count || groups[last + 1].LinkedBy == '\0');
        return alone && (even || !NumberShapes.IsDate(groups[first].Digits, groups[first + 1].Digits));
    }
}
