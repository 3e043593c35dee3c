using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Tests.PersonalData;

public sealed class FreeTextTests
{
    [Fact]
    public void Refuse_WhenEveryTextIsFine_IsNull()
        => FreeText.Refuse(("a", "片貝川\n増水"), ("b", null), ("c", new string('x', FreeText.MaximumLength))).ShouldBeNull();

    [Fact]
    public void Refuse_WhenSeveralFieldsAreFaulty_NamesThemAll()
    {
        var problem = FreeText.Refuse(("a", new string('x', FreeText.MaximumLength + 1)), ("b", "bell \a"), ("c", "1234-5678-9018"), ("d", "fine"))!.ProblemDetails;

        problem.Type.ShouldBe("urn:smartcity:problem:my-number-refused");
        problem.Extensions["fields"].ShouldBe(new[] { "a", "b", "c" });
        problem.Detail.ShouldNotBeNull();
        problem.Detail.ShouldNotContain("5678");
        problem.Detail.ShouldContain("4001 characters");
        problem.Detail.ShouldContain("'b' has control characters");
    }

    [Theory]
    [InlineData("bell \a", "text-not-readable")]
    [InlineData("null \0", "text-not-readable")]
    public void Refuse_WhenControlCharactersAlone_SaysSo(string text, string code)
        => FreeText.Refuse(("a", text))!.ProblemDetails.Type.ShouldBe("urn:smartcity:problem:" + code);
}
