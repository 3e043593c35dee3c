using System.Net;
using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Tests.Exchange;

public sealed class ExchangeLogTests
{
    [Fact]
    public async Task Event_WhenDeliveredTwice_IsOneRecord()
    {
        await using var app = await RegistryApp.StartAsync();

        await app.DeliverAsync(ExchangeSteps.Event("a"));
        await app.DeliverAsync(ExchangeSteps.Event("b"));
        await app.DeliverAsync(ExchangeSteps.Event("a"));

        var report = await app.VerifyAsync(await app.ExportAsync());
        report.Faults.ShouldBeEmpty();
        // The export is a record itself.
        report.Records.ShouldBe(3);
    }

    [Fact]
    public async Task Events_WhenManyArriveAtOnce_MakeOneChain()
    {
        await using var app = await RegistryApp.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => app.DeliverAsync(ExchangeSteps.Event($"event-{number / 2}"))));

        var report = await app.VerifyAsync(await app.ExportAsync());
        report.Faults.ShouldBeEmpty();
        report.Records.ShouldBe(21);
    }

    [Fact]
    public async Task Day_WhenItIsOver_IsSealedAndExportsOfPartsVerify()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));
        await app.DeliverAsync(ExchangeSteps.Event("b"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.DeliverAsync(ExchangeSteps.Event("c"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RestartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("d"));

        var whole = await app.VerifyAsync(await app.ExportAsync());
        var today = app.Clock.GetJapanNow();
        var last = await app.ExportAsync($"?from={today:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        var part = await app.VerifyAsync(last);

        whole.Faults.ShouldBeEmpty();
        (whole.Records, whole.Seals).ShouldBe((5, 2));
        part.Faults.ShouldBeEmpty();
        (part.Seals, part.First).ShouldBe((1, 4));
        whole.SealedUntil.ShouldBe(DateOnly.FromDateTime(today.AddDays(-1).DateTime));
    }

    [Fact]
    public async Task Record_WhenChangedInTheDatabase_IsNamed()
    {
        await using var app = await RegistryApp.StartAsync();
        foreach (var id in (string[])["a", "b", "c"])
        {
            await app.DeliverAsync(ExchangeSteps.Event(id));
        }

        await app.TamperAsync(database => database.Records().Where(row => row.Sequence == 2)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Body, row => row.Body.Replace("doctor-1", "doctor-2"))));

        (await app.VerifyAsync(await app.ExportAsync())).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("record-altered"), fault => fault.Sequence.ShouldBe(2));
    }

    [Fact]
    public async Task Record_WhenDeletedFromTheDatabase_IsNamed()
    {
        await using var app = await RegistryApp.StartAsync();
        foreach (var id in (string[])["a", "b", "c"])
        {
            await app.DeliverAsync(ExchangeSteps.Event(id));
        }

        await app.TamperAsync(database => database.Records().Where(row => row.Sequence == 2).ExecuteDeleteAsync());

        (await app.VerifyAsync(await app.ExportAsync())).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe("record-missing"), fault => fault.Sequence.ShouldBe(2));
    }

    [Fact]
    public async Task LastRecords_WhenDeletedAfterTheSeal_AreMissed()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));
        await app.DeliverAsync(ExchangeSteps.Event("b"));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.DeliverAsync(ExchangeSteps.Event("c"));

        await app.TamperAsync(database => database.Records().Where(row => row.Sequence == 2).ExecuteDeleteAsync());

        (await app.VerifyAsync(await app.ExportAsync())).Faults.ShouldContain(fault => fault.Code == "log-truncated" && fault.Sequence == 2);
    }

    [Fact]
    public async Task Clock_WhenSetBack_NeverPutsARecordBeforeAnother()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));
        app.Clock.Advance(TimeSpan.FromDays(-2));
        await app.DeliverAsync(ExchangeSteps.Event("b"));

        (await app.VerifyAsync(await app.ExportAsync())).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_AreTheSameAfterARestartAndTheFileIsPrivate()
    {
        await using var app = await RegistryApp.StartAsync();
        var before = await app.Client.GetStringAsync(new Uri("/api/registry/exchange-log/keys", UriKind.Relative));
        await app.RestartAsync();

        (await app.Client.GetStringAsync(new Uri("/api/registry/exchange-log/keys", UriKind.Relative))).ShouldContain(before.Split("\"id\":\"")[1][..16]);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.GetUnixFileMode(Path.Combine(app.Folder, "exchange-signing-key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("ja", "医療従事者")]
    [InlineData("en-GB,ja;q=0.5", "a clinician of municipality 162043 read your appointments in the telemedicine service. Purpose: medical care. Result: done.")]
    [InlineData("ja-Hira", "びょういんの 人")]
    [InlineData("fr", "医療従事者")]
    public async Task Mine_WhenAsked_SaysInPlainWordsWhoDidWhat(string language, string words)
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));
        await app.DeliverAsync(ExchangeSteps.Event("b", subject: "somebody-else"));

        using var answer = await app.MineAsync(ExchangeSteps.Resident, language: language);

        var item = (await RegistryApp.ReadAsync(answer))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)item["sentence"])!.ShouldContain(words);
        ((string?)item["sentence"])!.ShouldNotContain("{");
    }

    [Fact]
    public async Task List_WhenAnOfficerReadsIt_IsARecordItself()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.DeliverAsync(ExchangeSteps.Event("a"));

        using var first = await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/exchange-log?subject={ExchangeSteps.Resident}&limit=1", person: "officer-1", role: "officer");
        var page = await RegistryApp.ReadAsync(first);
        using var mine = await app.MineAsync(ExchangeSteps.Resident);

        ((string?)page["items"]![0]!["event"]!["operation"]).ShouldBe("exchange-log.read");
        ((string?)page["next"]).ShouldBe("2");
        (await RegistryApp.ReadAsync(mine))["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("clerk", RegistryApp.Town, HttpStatusCode.Forbidden)]
    [InlineData("resident", RegistryApp.Town, HttpStatusCode.Forbidden)]
    [InlineData("officer", RegistryApp.OtherTown, HttpStatusCode.Forbidden)]
    [InlineData("officer", RegistryApp.Town, HttpStatusCode.OK)]
    [InlineData("operator", "none", HttpStatusCode.OK)]
    public async Task List_IsForOfficersOfTheTownAndOperators(string role, string town, HttpStatusCode expected)
    {
        await using var app = await RegistryApp.StartAsync();

        using var answer = await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/exchange-log", person: "p", role: role, town: town);
        using var export = await app.SendAsync(HttpMethod.Get, "exchange-log/export", person: "p", role: role, town: town);

        answer.StatusCode.ShouldBe(expected);
        export.StatusCode.ShouldBe(role == "operator" ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("?purpose=curiosity", "purpose-unknown")]
    [InlineData("?purposeText=%00", "text-not-readable")]
    public async Task List_WhenThePurposeIsNone_IsRefused(string query, string code)
    {
        await using var app = await RegistryApp.StartAsync();

        using var answer = await app.SendAsync(HttpMethod.Get, $"municipalities/{RegistryApp.Town}/exchange-log{query}", person: "officer-1", role: "officer");

        ((string?)(await RegistryApp.ReadAsync(answer))["type"]).ShouldBe("urn:smartcity:problem:" + code);
        (await app.VerifyAsync(await app.ExportAsync())).Records.ShouldBe(1);
    }
}
