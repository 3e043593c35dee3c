using System.Text;
using Microsoft.AspNetCore.Http;
using SmartCity.Gateway.Door;

namespace SmartCity.Gateway.Tests.Door;

/// <summary>W3C Trace Context, sections 3.2 and 4.</summary>
public sealed class CallTraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "00")]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-brings", "01")]
    public void Of_WhenTheCallerNamesATrace_GoesOnWithIt(string parent, string flags)
    {
        var trace = Of(parent);
        Id(trace).ShouldBe(TraceId);
        var next = trace.TraceParent.Split('-');
        next.ShouldBe(["00", TraceId, next[2], flags]);
        next[2].Length.ShouldBe(16);
        next[2].ShouldNotBe("b7ad6b7169203331");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01")]
    public void Of_WhenWhatTheCallerNamesIsNoTrace_BeginsAnotherWithoutItsState(string parent)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.TraceParent = parent;
        http.Request.Headers.TraceState = "vendor=1";
        var trace = CallTrace.Of(http);
        Id(trace).ShouldNotBe(TraceId);
        Id(trace).ShouldMatch("^[0-9a-f]{32}$");
        trace.TraceParent.ShouldMatch($"^00-{Id(trace)}-[0-9a-f]{{16}}-00$");
        http.Request.Headers.TraceState.Count.ShouldBe(0);
        Id(CallTrace.Of(new DefaultHttpContext())).ShouldNotBe(Id(trace));
    }

    [Fact]
    public void Begin_WhenTheServerHasNoActivity_GivesLogsTheSameTrace()
    {
        var trace = Of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var activity = trace.Begin();
        activity!.TraceId.ToHexString().ShouldBe(TraceId);
    }

    private static CallTrace Of(string parent)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.TraceParent = parent;
        return CallTrace.Of(http);
    }

    private static string Id(CallTrace trace)
    {
        var bytes = new byte[32];
        trace.WriteId(bytes);
        return Encoding.ASCII.GetString(bytes);
    }
}
