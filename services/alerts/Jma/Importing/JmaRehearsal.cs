using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>
/// Before the service says that it is ready, one bulletin is taken and rolled back: an early warning after a restart must not wait
/// for compilers.
/// </summary>
internal sealed class JmaRehearsal(IServiceScopeFactory scopes, ITownDirectory towns, TimeProvider clock, ILogger<JmaRehearsal> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (towns.Towns.FirstOrDefault(town => town.Offers(AppIds.Alerts)) is not { } town)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        try
        {
            var reading = JmaReader.Read(Encoding.UTF8.GetBytes(Bulletin(town.Code[..5], clock.GetUtcNow())));
            await scope.ServiceProvider.GetRequiredService<JmaDesk>().RehearseAsync(town, reading, cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || exception.IsDatabaseFault())
        {
            // A slow first alert is better than none.
            log.RehearsalFailed(exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Bulletin(string municipality, DateTimeOffset now) => $"""
        <Report><Control><Title>気象警報・注意報（Ｒ０６）（大雨）</Title><DateTime>{now:yyyy-MM-ddTHH:mm:ssZ}</DateTime><Status>試験</Status><EditorialOffice>rehearsal</EditorialOffice></Control>
        <Head><Title>rehearsal</Title><ReportDateTime>{now:yyyy-MM-ddTHH:mm:ssZ}</ReportDateTime><EventID>rehearsal</EventID><InfoType>発表</InfoType><Serial>1</Serial><Headline><Text>rehearsal</Text></Headline></Head>
        <Body><Warning><Item><Kind><Name>レベル２大雨注意報</Name><Code>10</Code><Status>発表</Status></Kind><Area><Name>rehearsal</Name><Code>{municipality}00</Code></Area></Item></Warning></Body></Report>
        """;
}
