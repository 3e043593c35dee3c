using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Codec;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("a/+/b", true)]
    [InlineData("+", true)]
    [InlineData("#", true)]
    [InlineData("a/#", true)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a#", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/+b", false)]
    [InlineData("a\0b", false)]
    [InlineData("$share/g", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/g+/a", false)]
    [InlineData("$share/g/", false)]
    public void IsValidFilter_Always_FollowsTheSpecification(string filter, bool expected)
        => TopicRules.IsValidFilter(filter).ShouldBe(expected);

    [Fact]
    public void IsValidFilter_WithALoneSurrogate_IsFalse() => TopicRules.IsValidFilter(new string('\uD800', 1)).ShouldBeFalse();

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("$SYS/+", "$SYS/x", true)]
    [InlineData("a", "A", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/b/c", false)]
    public void Matches_Always_FollowsTheSpecification(string filter, string topic, bool expected)
    {
        TopicRules.Matches(filter, topic).ShouldBe(expected);
        MatchesInTree(filter, topic).ShouldBe(expected);
    }

    [Fact]
    public void Match_ForAllSmallFiltersAndTopics_AgreesWithTheRule()
    {
        string[] levels = ["", "a", "b", "+", "#", "$a"];
        var texts = levels.Concat(levels.SelectMany(_ => levels, (x, y) => $"{x}/{y}"))
            .Concat(levels.SelectMany(_ => levels, (x, y) => $"{x}/{y}").SelectMany(_ => levels, (x, y) => $"{x}/{y}")).ToList();
        var topics = texts.Where(text => TopicRules.IsValidName(text)).ToList();
        var filters = texts.Where(text => TopicRules.IsValidFilter(text)).ToList();

        foreach (var filter in filters)
        {
            foreach (var topic in topics)
            {
                MatchesInTree(filter, topic).ShouldBe(TopicRules.Matches(filter, topic), $"{filter} and {topic}");
            }
        }
    }

    [Fact]
    public void Remove_WhenTheLastSubscriptionGoes_LeavesNothingBehind()
    {
        var tree = new TopicTree();
        var session = new Session(1, "c", null, new SessionLimits(1, 1));
        var one = new Subscription(session, "a/+/c");
        var shared = new Subscription(session, "$share/g/a/+/c");
        tree.Add(one);
        tree.Add(shared);

        tree.Remove(one);
        tree.Remove(shared);

        tree.Count.ShouldBe(0);
        Collect(tree, "a/b/c").ShouldBe(0);
    }

    private static bool MatchesInTree(string filter, string topic)
    {
        var tree = new TopicTree();
        tree.Add(new Subscription(new Session(1, "c", null, new SessionLimits(1, 1)), filter));
        return Collect(tree, topic) == 1;
    }

    private static int Collect(TopicTree tree, string topic)
    {
        var direct = new List<Subscription>();
        var shared = new List<SharedGroup>();
        tree.Match(topic, direct, shared);
        return direct.Count + shared.Count;
    }
}
