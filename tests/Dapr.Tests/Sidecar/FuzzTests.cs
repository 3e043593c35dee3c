using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;
using Xunit.Abstractions;

namespace SmartCity.Dapr.Tests.Sidecar;

/// <summary>Mutated requests against a live sidecar. SMARTCITY_FUZZ_SECONDS makes it longer, SMARTCITY_FUZZ_SEED repeats a run.</summary>
public sealed partial class FuzzTests(ITestOutputHelper output)
{
    private const int Connections = 48;
    private const int Senders = 8;
    private const int LeftOpen = 2;
    private const long GrowthBytes = 64 * 1024 * 1024;

    [Fact]
    public async Task Requests_WhenMutated_NeitherCrashHangLeakNorGrow()
    {
        var seed = NumberOf("SMARTCITY_FUZZ_SEED") ?? Environment.TickCount;
        var duration = TimeSpan.FromSeconds(NumberOf("SMARTCITY_FUZZ_SECONDS") ?? 10);
        await using var app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/dapr/subscribe", () => Results.Text("""[{"pubsubname":"pubsub","topic":"fuzz","route":"/fuzz"}]""", "application/json"));
            web.MapPost("/fuzz", () => Results.Ok());
            web.MapMethods("/echo/{**rest}", ["POST", "PATCH"], (HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body));
        });
        // So few connections that leaked ones would soon be missing.
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with
        {
            Limits = new DaprSidecarLimits { Connections = Connections, StateBytes = 4 << 20, QueueBytes = 4 << 20, InvocationTimeout = TimeSpan.FromSeconds(2) },
        });

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sent = await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => Task.Run(() => SendAsync(sidecar, unchecked(seed + i), seed, duration))));

        var told = $"seed {seed}, {sent.Sum()} requests";
        output.WriteLine(told);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(GrowthBytes, told);
        sidecar.Logs.All.ShouldNotContain(l => l.StartsWith("Error:", StringComparison.Ordinal) && l.Contains("fault of the sidecar", StringComparison.Ordinal), told);
        using var published = await sidecar.PublishAsync("fuzz", "1");
        ((int)published.StatusCode).ShouldBe(204, told);
        using var client = sidecar.ClientOf("app");
        await client.SaveStateAsync("statestore", "after", 1).Soon();
        sent.Sum().ShouldBeGreaterThan(0);
    }

    private static async Task<int> SendAsync(TestSidecar sidecar, int seed, int reported, TimeSpan duration)
    {
        var mutator = new RequestMutator(seed);
        var address = sidecar.UriOf("/");
        var open = new Queue<RawConnection>();
        var since = Stopwatch.GetTimestamp();
        var sent = 0;
        for (; Stopwatch.GetElapsedTime(since) < duration; sent++)
        {
            var request = mutator.Next();
            try
            {
                var connection = await RawConnection.OpenAsync(address);
                await connection.SendAsync(request);
                if (sent % 64 == 63)
                {
                    // Left open for a while: the sidecar must not depend on its callers' manners.
                    open.Enqueue(connection);
                    if (open.Count > LeftOpen)
                    {
                        open.Dequeue().Dispose();
                    }

                    continue;
                }

                using (connection)
                {
                    connection.EndSending();
                    FaultOf(await connection.ReadToEndAsync()).ShouldBeNull($"seed {reported}: {Convert.ToBase64String(request)}");
                }
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The sidecar answered and closed before it had read everything.
                continue;
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException($"No end of the answer, seed {reported}: {Convert.ToBase64String(request)}", exception);
            }
        }

        while (open.TryDequeue(out var connection))
        {
            connection.Dispose();
        }

        return sent;
    }

    // A 500 is right only where upstream has it too: an app that cannot be called, no secret store at all.
    private static string? FaultOf(string answers) => StatusLine().Matches(answers)
        .Where(m => m.Groups["status"].Value == "500")
        .Select(m => answers[m.Index..])
        .FirstOrDefault(a => !a.Contains("ERR_DIRECT_INVOKE", StringComparison.Ordinal) && !a.Contains("ERR_SECRET_STORES_NOT_CONFIGURED", StringComparison.Ordinal));

    private static int? NumberOf(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^HTTP/1\\.1 (?<status>[0-9]{3}) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine();
}
