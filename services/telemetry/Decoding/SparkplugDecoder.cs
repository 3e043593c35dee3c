using Google.Protobuf;
using SmartCity.Contracts;
using SmartCity.Telemetry.Decoding.Sparkplug;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// Sparkplug B (Eclipse Sparkplug 3.0): births say what a node's metrics are called, data name them by alias, numbers of
/// messages show what was lost. Values that a node keeps from before (<c>is_historical</c>) are stored at their own time;
/// nulls are gaps; transient values are not stored, as the node asks for. Texts and controls are no readings.
/// </summary>
internal sealed class SparkplugDecoder(SparkplugSessions sessions) : IPayloadDecoder
{
    private const string Online = "online";
    private const string Offline = "offline";

    public bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope) => envelope.Source.Sparkplug is not null;

    public void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        SparkplugMessage message;
        try
        {
            message = SparkplugMessage.Parse(payload);
        }
        catch (InvalidProtocolBufferException exception)
        {
            result.RefuseWhole("payload-malformed", $"The payload is no Sparkplug B payload: {exception.Message}");
            return;
        }

        if (message.IsCompressed)
        {
            result.Refuse("payload-malformed", "Compressed Sparkplug payloads are not read; switch the node's compression off.");
            return;
        }

        if (message.HasTooMany)
        {
            result.Refuse("too-many-measurements", $"A message may carry {DecodedPayload.MaximumMeasurements} metrics; the rest was not stored.");
        }

        var topic = envelope.Source.Sparkplug!;
        lock (sessions.Gate)
        {
            Take(sessions.Of(topic.Municipality, topic.Device), topic, message, envelope.ReceivedAt, result);
            sessions.Settle(topic.Municipality, topic.Device);
        }
    }

    private static void Take(SparkplugSession session, SparkplugTopic topic, SparkplugMessage message, DateTimeOffset receivedAt, DecodedPayload result)
    {
        switch (topic.MessageType)
        {
            case SparkplugTopic.NodeBirth:
                session.BeginBirth(message);
                result.ConnectionStatus = Online;
                TakeBirth(session, topic, message, receivedAt, result);
                break;
            case SparkplugTopic.NodeDeath:
                result.ConnectionStatus = session.TryDie(message.BirthDeathSequence) ? Offline : null;
                break;
            case SparkplugTopic.DeviceBirth when !session.TryBeginBirth(topic.SubDevice!):
                result.Refuse("too-many-measurements", $"A node may have {SparkplugSession.MostMetrics} metrics and devices; '{topic.SubDevice}' was not taken.");
                break;
            case SparkplugTopic.DeviceBirth:
                CheckSequence(session, message, receivedAt, result);
                TakeBirth(session, topic, message, receivedAt, result);
                break;
            case SparkplugTopic.DeviceDeath:
                CheckSequence(session, message, receivedAt, result);
                session.Forget(topic.SubDevice!);
                break;
            case SparkplugTopic.NodeData or SparkplugTopic.DeviceData:
                CheckSequence(session, message, receivedAt, result);
                TakeData(session, topic, message, receivedAt, result);
                break;
        }
    }

    private static void CheckSequence(SparkplugSession session, SparkplugMessage message, DateTimeOffset receivedAt, DecodedPayload result)
    {
        if (!session.IsBorn)
        {
            Ask(session, receivedAt, result, "sparkplug-unborn", "Nothing is known of the node's session: its NBIRTH is missing");
        }
        else if (!session.Follows(message, out var fault))
        {
            Ask(session, receivedAt, result, "sparkplug-sequence", $"Out of sequence: {fault}");
        }
    }

    private static void Ask(SparkplugSession session, DateTimeOffset now, DecodedPayload result, string code, string what)
    {
        result.Refuse(code, what + "; the node is asked for its birth certificates.");
        result.NeedsRebirth |= session.TryAskForRebirth(now);
    }

    private static void TakeBirth(SparkplugSession session, SparkplugTopic topic, SparkplugMessage message, DateTimeOffset receivedAt, DecodedPayload result)
    {
        foreach (var metric in message.Metrics)
        {
            var definition = session.Define(topic.SubDevice, metric, out var refusal);
            if (refusal is not null)
            {
                result.Refuse("metric-name-malformed", $"A Sparkplug metric's name {refusal}.");
            }
            else if (definition is { Metric: { } name })
            {
                TakeValue(name, metric, definition.Datatype, message, receivedAt, result);
            }
        }
    }

    private static void TakeData(SparkplugSession session, SparkplugTopic topic, SparkplugMessage message, DateTimeOffset receivedAt, DecodedPayload result)
    {
        if (session.IsBorn && !session.Knows(topic.SubDevice))
        {
            Ask(session, receivedAt, result, "sparkplug-unborn", $"Nothing is known of '{topic.SubDevice}': its DBIRTH is missing");
        }

        foreach (var metric in message.Metrics)
        {
            if (session.Find(topic.SubDevice, metric) is not { } definition)
            {
                Ask(session, receivedAt, result, "sparkplug-unborn",
                    metric.HasAlias ? $"The alias {metric.Alias} was in no birth" : $"The metric '{metric.Name}' was in no birth and has no datatype");
            }
            else if (definition.Metric is { } name)
            {
                TakeValue(name, metric, definition.Datatype, message, receivedAt, result);
            }
            else if (!SparkplugNumber.IsNumber(definition.Datatype))
            {
                result.Refuse("value-not-a-number", $"A metric of the Sparkplug datatype {definition.Datatype} was sent; only numbers and Booleans are stored.");
            }
        }
    }

    private static void TakeValue(
        string name, SparkplugMetric metric, uint datatype, SparkplugMessage message, DateTimeOffset receivedAt, DecodedPayload result)
    {
        if (metric.IsNull || metric.IsTransient || (metric.ValueCase == SparkplugMetric.ValueOneofCase.None && datatype > 0))
        {
            return;
        }

        if (!SparkplugNumber.TryRead(metric, datatype, out var value) || !double.IsFinite(value))
        {
            result.Refuse("value-not-a-number", $"{name} has no finite number of the Sparkplug datatype {datatype}.");
        }
        else if (!TryTime(metric, message, receivedAt, out var time))
        {
            result.Refuse("time-malformed", $"{name} has no time between the years 1 and 9999; a historical value needs its timestamp.");
        }
        else
        {
            result.Add(name, time, value);
        }
    }

    private static bool TryTime(SparkplugMetric metric, SparkplugMessage message, DateTimeOffset receivedAt, out DateTimeOffset time)
    {
        time = receivedAt;
        var milliseconds = metric.HasTimestamp ? metric.Timestamp : metric.IsHistorical ? null : message.TimestampMilliseconds;
        return milliseconds is { } given ? JsonValues.TryUnixSeconds(given / 1000.0, out time) : !metric.IsHistorical;
    }
}
