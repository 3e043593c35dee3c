using System.Text.Json.Serialization;

namespace SmartCity.Registry.Keys;

/// <summary>What an external broker asks: EMQX's HTTP authentication and authorization, and mosquitto-go-auth's in its JSON mode.</summary>
public sealed record BrokerQuestion
{
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("topic")]
    public string? Topic { get; init; }

    /// <summary>EMQX: <c>publish</c> or <c>subscribe</c>.</summary>
    [JsonPropertyName("action")]
    public string? Action { get; init; }

    /// <summary>mosquitto-go-auth: 1 to read, 2 to write, 3 for both, 4 to subscribe.</summary>
    [JsonPropertyName("acc")]
    public int? Access { get; init; }

    /// <summary>What is to be done with the topic; none where the broker did not say it in a way we know.</summary>
    internal TopicAct Act => (Action, Access) switch
    {
        ("publish", _) or (null, 2) => TopicAct.Publish,
        ("subscribe", _) or (null, 1 or 4) => TopicAct.Subscribe,
        (null, 3) => TopicAct.Publish | TopicAct.Subscribe,
        _ => TopicAct.None,
    };
}

/// <summary>What a client does with a topic.</summary>
[Flags]
public enum TopicAct
{
    None = 0,
    Publish = 1,
    Subscribe = 2,
}

/// <summary>One answer that both understand.</summary>
/// <param name="Result">EMQX: <c>allow</c> or <c>deny</c>.</param>
/// <param name="Ok">mosquitto-go-auth.</param>
/// <param name="Error">mosquitto-go-auth: why not.</param>
public sealed record BrokerAnswer(
    [property: JsonPropertyName("result")] string Result,
    [property: JsonPropertyName("ok")] bool Ok,
    [property: JsonPropertyName("error")] string Error)
{
    internal static BrokerAnswer Of(bool isAllowed) => isAllowed ? new("allow", true, "") : new("deny", false, "not allowed");
}
