using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Tests.PersonalData;

public sealed class MyNumberTests
{
    // 123456789018: P1..P11 from the right are 1,0,9,8,7,6,5,4,3,2,1, so the sum is
    // 1·2+0·3+9·4+8·5+7·6+6·7 + 5·2+4·3+3·4+2·5+1·6 = 212, 212 mod 11 = 3, 11 − 3 = 8.
    [Theory]
    [InlineData("123456789018", true)]
    [InlineData("123456789012", false)]
    [InlineData("000000000000", true)]
    [InlineData("12345678901", false)]
    [InlineData("1234567890180", false)]
    [InlineData("12345678901x", false)]
    public void IsValid_WhenTwelveDigits_FollowsTheCheckDigit(string digits, bool valid)
        => MyNumber.IsValid(digits).ShouldBe(valid);

    [Theory]
    [InlineData("番号は123456789018です")]
    [InlineData("１２３４５６７８９０１８")]
    [InlineData("1234 5678 9018")]
    [InlineData("1234-5678-9018, please")]
    [InlineData("123456-789018")]
    [InlineData("12345678 9018")]
    [InlineData("1 2 3 4 5 6 7 8 9 0 1 8")]
    [InlineData("1234ー5678ー9018")]
    [InlineData("1234・5678・9018")]
    [InlineData("1234\u200b5678\u200b9018")]
    [InlineData("１\ufe0f２\u20e3３456789018")]
    [InlineData("一二三四五六七八九〇一八")]
    [InlineData("①②③④⑤⑥⑦⑧⑨⓪①⑧")]
    [InlineData("1234 5678 9018 2026")]
    [InlineData("No.123456789018")]
    [InlineData("+123456789018")]
    [InlineData("id123456789018")]
    public void IsIn_WhenTheTextHasOneInAnyWriting_FindsIt(string text) => MyNumber.IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("電話 0765-23-1000")]
    [InlineData("1234567890180")]
    [InlineData("123456789012")]
    [InlineData("137.123456789018")]
    [InlineData("137．123456789018,36.82")]
    [InlineData("+819012345673")]
    [InlineData("+81 90 1234 5673")]
    [InlineData("2026-07-01 0309")]
    [InlineData("c56a4180-65aa-42ec-a945-123456789018")]
    [InlineData("id-c56a4180-65aa-42ec-a945-123456789018")]
    [InlineData("c56a418065aa42eca945123456789018")]
    [InlineData("0765-23-1000 0765-21-1002")]
    [InlineData("1234, 5678, 9018")]
    [InlineData("\ud800")]
    public void IsIn_WhenTheTextHasNone_FindsNothing(string? text) => MyNumber.IsIn(text).ShouldBeFalse();

    [Fact]
    public void IsValid_WhenAnyDigitChanges_IsMostlyFalse()
    {
        const string number = "123456789018";
        var changed = Enumerable.Range(0, 12)
            .SelectMany(position => "0123456789".Where(digit => digit != number[position])
                .Select(digit => string.Concat(number.AsSpan(0, position), [digit], number.AsSpan(position + 1))))
            .ToList();
        // Remainders 0 and 1 share the digit 0, so a check modulo 11 catches nearly, not quite, all.
        changed.Count(text => MyNumber.IsValid(text)).ShouldBeLessThanOrEqualTo(changed.Count / 50);
    }
}
