using System.Text;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>
/// What the broker takes of the topics that are well formed: the specification sets no bound but the 65,535 bytes of a
/// string, and each level costs a node of the tree of subscriptions.
/// </summary>
public static class TopicLimits
{
    /// <summary>Levels of a topic name, or of a filter without its <c>$share/group/</c>.</summary>
    public const int MaximumLevels = 128;

    /// <summary>Bytes of the name of a shared subscription's group.</summary>
    public const int MaximumGroupBytes = 256;

    /// <summary>Whether a topic name has few enough levels.</summary>
    public static bool AllowsName(ReadOnlySpan<char> topic) => topic.Count('/') < MaximumLevels;

    /// <summary>Whether a well-formed filter, shared or not, is within the bounds.</summary>
    public static bool AllowsFilter(string filter)
        => AllowsName(TopicRules.SplitShare(filter, out var group)) && (group is null || Encoding.UTF8.GetByteCount(group) <= MaximumGroupBytes);
}
