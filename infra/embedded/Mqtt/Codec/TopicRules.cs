namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>The forms of topic names and filters (MQTT 5.0, section 4.7) and shared subscriptions (section 4.8.2).</summary>
public static class TopicRules
{
    /// <summary>What a shared subscription's filter begins with.</summary>
    public const string SharePrefix = "$share/";

    /// <summary>Whether a message can be published to the topic: not empty, no wildcard.</summary>
    public static bool IsValidName(ReadOnlySpan<char> topic)
        => !topic.IsEmpty && topic.IndexOfAny('+', '#') < 0 && Utf8Rules.IsValid(topic);

    /// <summary>Whether the bytes are a topic name; they are known to be valid UTF-8.</summary>
    public static bool IsValidName(ReadOnlySpan<byte> topic) => !topic.IsEmpty && topic.IndexOfAny((byte)'+', (byte)'#') < 0;

    /// <summary>Whether the filter is well formed, shared or not: wildcards fill a level, <c>#</c> is the last one.</summary>
    public static bool IsValidFilter(ReadOnlySpan<char> filter)
    {
        if (!Utf8Rules.IsValid(filter))
        {
            return false;
        }

        if (filter.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            var rest = filter[SharePrefix.Length..];
            var slash = rest.IndexOf('/');
            return slash > 0 && rest[..slash].IndexOfAny('+', '#') < 0 && HasValidLevels(rest[(slash + 1)..]);
        }

        return HasValidLevels(filter);
    }

    /// <summary>Takes a shared filter apart; <paramref name="group"/> is null for an ordinary one.</summary>
    public static string SplitShare(string filter, out string? group)
    {
        group = null;
        if (!filter.StartsWith(SharePrefix, StringComparison.Ordinal))
        {
            return filter;
        }

        var slash = filter.IndexOf('/', SharePrefix.Length);
        group = filter[SharePrefix.Length..slash];
        return filter[(slash + 1)..];
    }

    /// <summary>Whether a topic name matches a filter that is not shared; a leading wildcard never matches <c>$</c> (section 4.7.2).</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic.StartsWith('$') && !filter.StartsWith('$'))
        {
            return false;
        }

        while (true)
        {
            var filterEnd = filter.IndexOf('/');
            var topicEnd = topic.IndexOf('/');
            var filterLevel = filterEnd < 0 ? filter : filter[..filterEnd];
            if (filterLevel is "#")
            {
                return true;
            }

            var topicLevel = topicEnd < 0 ? topic : topic[..topicEnd];
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (topicEnd < 0)
            {
                // "a/#" also matches its parent "a".
                return filterEnd < 0 || filter[(filterEnd + 1)..] is "#";
            }

            if (filterEnd < 0)
            {
                return false;
            }

            filter = filter[(filterEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    private static bool HasValidLevels(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty)
        {
            return false;
        }

        foreach (var range in filter.Split('/'))
        {
            var level = filter[range];
            if (level.Length > 1 && level.IndexOfAny('+', '#') >= 0)
            {
                return false;
            }

            if (level is "#" && range.End.GetOffset(filter.Length) != filter.Length)
            {
                return false;
            }
        }

        return true;
    }
}
