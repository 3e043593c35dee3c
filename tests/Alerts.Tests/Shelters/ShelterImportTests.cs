using System.Text;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Shelters;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Shelters;

public sealed class ShelterImportTests
{
    private const string Header = "ID,名称,所在地_連結表記,緯度,経度,災害種別_洪水,災害種別_津波,想定収容人数\n";

    [TheoryIfSharedData]
    [InlineData("emergency-162043.json", 56, 31)]
    [InlineData("emergency-163422.json", 65, 19)]
    [InlineData("emergency-172022.json", 109, 87)]
    [InlineData("emergency-412015.json", 113, 110)]
    [InlineData("evacuation-162043.json", 33, 0)]
    [InlineData("evacuation-163422.json", 35, 0)]
    [InlineData("evacuation-172022.json", 82, 0)]
    [InlineData("evacuation-412015.json", 112, 0)]
    [InlineData("nanao-reference.csv", 112, 87)]
    public void Read_WhenARealFile_ImportsEveryRow(string file, int count, int forFloods)
    {
        var list = ShelterFile.Read(File.ReadAllBytes(SharedData.PathOf("shelters", file)));
        list.Faults.ShouldBeEmpty();
        list.Shelters.Count.ShouldBe(count);
        list.Shelters.Count(shelter => shelter.Hazards.Contains("flood")).ShouldBe(forFloods);
        list.Shelters.ShouldAllBe(shelter => shelter.LatitudeDegrees > 33 && shelter.LatitudeDegrees < 38 && shelter.LongitudeDegrees > 130 && shelter.LongitudeDegrees < 138);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("shift_jis", false)]
    public void Read_WhenTheCsvHasAnyUsualEncoding_ReadsTheNames(string encoding, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Header + "A1,御祓地区センター,七尾市一本杉町,37.04826,136.96136,1.0,,\"屋内1,371人／屋外0人\"\r\n";
        byte[] content = [.. mark ? Encoding.UTF8.Preamble : [], .. Encoding.GetEncoding(encoding).GetBytes(text)];
        var shelter = ShelterFile.Read(content).Shelters.ShouldHaveSingleItem();
        shelter.Name.In("ja").ShouldBe("御祓地区センター");
        shelter.Hazards.ShouldBe(["flood"]);
        shelter.Capacity.ShouldBe(1371);
    }

    [Fact]
    public void Read_WhenRowsAreBad_NamesEachAndImportsNone()
    {
        var list = Csv("""
            A1,よい避難所,住所,36.8,137.4,1,,120
            A2,,住所,36.8,137.4,1,,
            A3,緯度がない,住所,,137.4,1,,
            A4,遠い,住所,36.8,1374,1,,
            A5,印,住所,36.8,137.4,たぶん,,
            A1,二度目,住所,36.8,137.4,1,,
            """);
        list.Shelters.ShouldBeEmpty();
        list.Faults.Select(fault => (fault.Line, fault.Column, fault.Value)).ShouldBe(
            [(3, "名称", ""), (4, "緯度", ""), (5, "経度", "1374"), (6, "災害種別_洪水", "たぶん"), (7, "ID", "A1")]);
        list.Faults.ShouldAllBe(fault => fault.Reason.Length > 0);
    }

    [Fact]
    public void Read_WhenACellHasLinesAndQuotes_CountsFileLines()
    {
        var list = Csv("A1,\"体育館\n(\"\"第一\"\"), 東\",住所,36.8,137.4,1,,\nA2,悪い,住所,x,137.4,1,,\n");
        list.Faults.ShouldHaveSingleItem().Line.ShouldBe(4);
        Csv("A1,\"体育館\n(\"\"第一\"\"), 東\",住所,36.8,137.4,1,,\n").Shelters.ShouldHaveSingleItem().Name.In("ja").ShouldBe("体育館\n(\"第一\"), 東");
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("1,371人", 1371)]
    [InlineData("屋内2,736人屋外11,700人（面積の1/2）", 2736)]
    [InlineData("屋内0人／屋外9,700人(面積の1/2)", 9700)]
    [InlineData("", null)]
    public void Read_WhenTheCapacityIsInWords_FindsThePeople(string cell, int? people)
        => Csv($"A1,避難所,住所,36.8,137.4,1,,\"{cell}\"").Shelters.ShouldHaveSingleItem().Capacity.ShouldBe(people);

    [Fact]
    public void Read_WhenTheCapacityIsNotUnderstood_ImportsAndSaysSo()
    {
        var list = Csv("A1,避難所,住所,36.8,137.4,1,,たくさん");
        list.Shelters.ShouldHaveSingleItem().Capacity.ShouldBeNull();
        list.Notices.ShouldHaveSingleItem().Value.ShouldBe("たくさん");
    }

    [Fact]
    public void Read_WhenThereAreBarrierFreeColumns_TellsYesFromNoFromNothingSaid()
    {
        var list = ShelterFile.Read(Encoding.UTF8.GetBytes("""
            ID,名称,緯度,経度,"エレベーター有/
            避難スペースが１階",スロープ等,点字ブロック,車椅子使用者対応トイレ
            A1,学校,36.8,137.4,○,有,無,
            A2,公園,36.8,137.4,,,,
            A3,会館,36.8,137.4,,裏口のみ,,1
            """));
        list.Shelters.Select(shelter => shelter.Accessibility).ShouldBe(
            [new ShelterAccess(true, true, false, null), null, new ShelterAccess(null, null, null, true)]);
        list.Notices.ShouldHaveSingleItem().Value.ShouldBe("裏口のみ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2")]
    [InlineData("{")]
    [InlineData("{\"features\":3}")]
    [InlineData("{\"features\":[{}]}")]
    [InlineData("{\"features\":[{\"geometry\":{\"coordinates\":[\"x\"]},\"properties\":{\"共通ID\":\"1\",\"施設・場所名\":\"n\"}}]}")]
    [InlineData("{\"features\":[7]}")]
    public void Read_WhenItIsNoShelterFile_SaysSo(string text)
    {
        var list = ShelterFile.Read(Encoding.UTF8.GetBytes(text));
        list.Shelters.ShouldBeEmpty();
        list.Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public void Read_WhenACellHoldsAnIndividualNumber_IsRefusedWithoutRepeatingIt()
    {
        var list = ShelterFile.Read(Encoding.UTF8.GetBytes(
            """{"features":[{"geometry":{"coordinates":[137.4,36.8]},"properties":{"共通ID":"1","施設・場所名":"n","住所":"\u0031\u003234 5678 9018"}}]}"""));

        list.Shelters.ShouldBeEmpty();
        var fault = list.Faults.First(one => one.Reason.Contains("マイナンバー", StringComparison.Ordinal));
        fault.Value.ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenItIsNotText_SaysSo()
        => ShelterFile.Read([0xFF, 0xFE, 0xFF, 0x00]).Faults.ShouldHaveSingleItem().Reason.ShouldContain("Shift_JIS");

    [Fact]
    public void MetresTo_WhenPlacesAreKnown_IsTheGreatCircleDistance()
        // Tokyo Station to Osaka Station is 403 km.
        => new GeoPoint(35.681236, 139.767125).MetresTo(new GeoPoint(34.702485, 135.495951)).ShouldBe(403_000, tolerance: 1_500);

    private static ShelterList Csv(string rows) => ShelterFile.Read(Encoding.UTF8.GetBytes(Header + rows));
}
