using SmartCity.Alerts.PersonalData;

namespace SmartCity.Alerts.Tests.PersonalData;

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
    public void IsIn_WhenTheTextHasOneInAnyWriting_FindsIt(string text) => MyNumber.IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("電話 0765-23-1000")]
    [InlineData("1234567890180")]
    [InlineData("123456789012")]
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
