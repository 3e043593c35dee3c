using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.ServiceDefaults.Tests.Manifests;

/// <summary>YAML has many ways to write one text; what counts is the text.</summary>
public sealed class ManifestNumberTests
{
    private const string Number = "123456789018";

    [Fact]
    public void Read_WhenANumberIsWrittenSoThatNoLineShowsIt_NamesEveryPlaceAndNeverTheNumber()
    {
        const string Manifest = """
            code: "172022"
            name: { ja: "12345678901\x38", en: 'Nanao' }
            clinics:
              - id: clinic-1
                name: { ja: "1234 5678
                  9018" }
              - id: >-
                  call 1234-5678
                  9018 now
            settings:
              "\u0031\u003234 5678 9018":
                deep: &n "1234567890\u00318"
                again: *n
            """;

        var read = ManifestReader.Read(Manifest);

        read.Town.ShouldBeNull();
        read.Notices.Select(notice => (notice.Code, notice.Line, notice.Column, notice.Field)).ShouldBe(
        [
            ("my-number-refused", 2, 13, "name.ja"),
            ("my-number-refused", 5, 17, "clinics[0].name.ja"),
            ("my-number-refused", 7, 9, "clinics[1].id"),
            ("my-number-refused", 11, 3, "settings.(a field's name)"),
            ("my-number-refused", 12, 11, "settings.(a field's name).deep"),
        ]);
        read.Notices.ShouldAllBe(notice => notice.Value == null && !notice.Message.Contains(Number) && !notice.Message.Contains("9018"));
    }

    [Theory]
    [InlineData("{\"a\":{\"note\":\"\\u0031\\u003234 5678 9018\"}}", "$.a.note")]
    [InlineData("rules: [{ id: \"12345678901\\x38\" }]", "rules[0].id")]
    public void Read_WhenADocumentOfAnotherKindHoldsOne_RefusesItToo(string text, string field)
    {
        var notice = RulesFile.Read(text).Notices.ShouldHaveSingleItem();

        (notice.Code, "$." + notice.Field).ShouldBe(("my-number-refused", field.StartsWith('$') ? field : "$." + field));
    }

    [Fact]
    public void Read_WhenAFieldOfThatNameIsThereTwice_DoesNotRepeatIt()
        => ManifestReader.Read($"{{ \"{Number}\": 1, '{Number}': 2 }}").Notices.ShouldAllBe(notice => !notice.Message.Contains(Number));

    [Fact]
    public void Read_WhenANumberStandsWhereATextBelongs_DoesNotRepeatIt()
    {
        var notices = ManifestReader.Read($"code: '172022'\nname: {{ ja: {Number} }}").Notices;

        notices.ShouldContain(notice => notice.Code == "wrong-type" && notice.Field == "name.ja");
        notices.ShouldAllBe(notice => notice.Value != Number && !notice.Message.Contains(Number));
    }

    [Fact]
    public void Read_WhenThereAreOnlyMeasurements_RefusesNothing()
        => ManifestReader.Read("latitudeDegrees: 36.123456789018\nalertSender: 123456789018").Notices.ShouldNotContain(notice => notice.Code == "my-number-refused");
}
