using System.Text.Json;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class CelExpressionTests
{
    private const string Event = """
        {"type":"widget.created","data":{"level":4,"name":"a\"b","tags":["river","night"],"open":true,"none":null},"bad":"\ud800"}
        """;

    [Theory]
    [InlineData("", true)]
    [InlineData("event.type == \"widget.created\"", true)]
    [InlineData("event.type == 'widget' || event.data.level > 3", true)]
    [InlineData("event.type != 'widget.created'", false)]
    [InlineData("event[\"type\"].startsWith('widget') && !(event.data.level < 4)", true)]
    [InlineData("event.data.level in [1, 4]", true)]
    [InlineData("'river' in event.data.tags && size(event.data.tags) == 2", true)]
    [InlineData("has(event.data.none) && event.data.none == null", true)]
    [InlineData("has(event.data.missing)", false)]
    [InlineData("event.data.missing == 1", false)]
    [InlineData("event.data.missing == 1 || event.data.open", true)]
    [InlineData("event.data.missing == 1 && event.data.open", false)]
    [InlineData("event.data.name == 'a\"b'", true)]
    [InlineData("event.data.name == \"a\\\"b\"", true)]
    [InlineData("event.data.level == '4'", false)]
    [InlineData("event.bad == 'x'", false)]
    [InlineData("event.type", false)]
    public void IsTrueFor_WhenEvaluated_FollowsCel(string expression, bool expected)
    {
        using var document = JsonDocument.Parse(Event);

        CelExpression.Parse(expression).IsTrueFor(document.RootElement).ShouldBe(expected);
    }

    [Theory]
    [InlineData("event.")]
    [InlineData("event.type ==")]
    [InlineData("(event.type == 'x'")]
    [InlineData("event.type = 'x'")]
    [InlineData("event.type == 'x' event")]
    [InlineData("event.data.all(x, x > 1)")]
    [InlineData("$")]
    public void FaultOf_WhenNotUnderstood_SaysWhy(string expression) => CelExpression.FaultOf(expression).ShouldNotBeNullOrEmpty();

    [Fact]
    public void FaultOf_WhenNestedTooDeeply_SaysSo()
        => CelExpression.FaultOf(new string('(', 200) + "true" + new string(')', 200)).ShouldNotBeNull().ShouldContain("deeply");
}
