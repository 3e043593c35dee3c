using System.Globalization;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads one retry or circuit breaker policy.</summary>
internal static class PolicyReader
{
    public static RetryPolicy Retry(YamlFields fields)
    {
        var kind = fields.Text("policy");
        if (kind is not (null or "" or "constant" or "exponential"))
        {
            fields.Fault("policy", $"'{kind}' is neither constant nor exponential");
        }

        var matching = fields.Fields("matching");
        var statuses = matching is null ? null : StatusesOf(matching);
        var policy = new RetryPolicy
        {
            IsExponential = kind == "exponential",
            Duration = fields.Duration("duration") ?? RetryPolicy.DefaultDuration,
            MaximumInterval = fields.Duration("maxInterval") ?? RetryPolicy.DefaultMaximumInterval,
            MaximumRetries = fields.Integer("maxRetries") ?? -1,
            Statuses = statuses,
        };
        fields.RefuseOthers();
        return policy;
    }

    public static CircuitBreakerPolicy CircuitBreaker(YamlFields fields)
    {
        var trip = fields.Text("trip");
        CelExpression? condition = null;
        if (!string.IsNullOrEmpty(trip))
        {
            try
            {
                condition = CelExpression.ParseOver(CircuitBreakerPolicy.Variables, trip);
            }
            catch (FormatException exception)
            {
                fields.Fault("trip", $"'{trip}' cannot be evaluated: {exception.Message}");
            }
        }

        var maximumRequests = fields.Integer("maxRequests") ?? 0;
        if (maximumRequests < 0)
        {
            fields.Fault("maxRequests", "is negative");
        }

        var policy = new CircuitBreakerPolicy
        {
            MaximumRequests = Math.Max(1, maximumRequests),
            Interval = fields.Duration("interval") ?? TimeSpan.Zero,
            Timeout = fields.Duration("timeout") is { Ticks: > 0 } timeout ? timeout : CircuitBreakerPolicy.DefaultTimeout,
            Trip = condition,
        };
        fields.RefuseOthers();
        return policy;
    }

    private static List<StatusRange>? StatusesOf(YamlFields matching)
    {
        // For calls by gRPC, which the embedded sidecar does not speak.
        matching.Text("gRPCStatusCodes");
        var text = matching.Text("httpStatusCodes");
        matching.RefuseOthers();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var ranges = new List<StatusRange>();
        foreach (var pattern in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = pattern.Split('-');
            if (ends.Length <= 2 && TryStatus(ends[0], out var first) && TryStatus(ends[^1], out var last) && first <= last)
            {
                ranges.Add(new StatusRange(first, last));
            }
            else
            {
                matching.Fault("httpStatusCodes", $"'{pattern}' is neither a status from 100 to 599 nor a range of them");
            }
        }

        return ranges;
    }

    private static bool TryStatus(string text, out int status)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
