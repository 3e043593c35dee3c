using System.Diagnostics.Metrics;

namespace SmartCity.Gateway;

/// <summary>Meter <c>SmartCity.Gateway</c>; requests themselves are counted by ASP.NET Core.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "SmartCity.Gateway";
    private readonly Meter _meter;

    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        CacheAnswers = _meter.CreateCounter<long>("gateway.cache.answers", "{answer}", "Answers from memory");
        Retries = _meter.CreateCounter<long>("gateway.retries", "{request}", "Requests that were tried on another replica");
        TooMany = _meter.CreateCounter<long>("gateway.limited", "{request}", "Requests refused because there were too many, by what was limited");
        CircuitsOpened = _meter.CreateCounter<long>("gateway.circuits.opened", "{replica}", "Replicas left alone after failures in a row");
        TargetsRefused = _meter.CreateCounter<long>("gateway.targets.refused", "{request}", "Requests to third parties whose name led inside a network");
        LinesDropped = _meter.CreateCounter<long>("gateway.access_log.dropped", "{line}", "Access-log lines that did not fit the buffer");
        SharedClients = _meter.CreateUpDownCounter<long>("gateway.streams.shared", "{client}", "Open streams that are one stream of a service, told on to all who listen");
    }

    public UpDownCounter<long> SharedClients { get; }

    public Counter<long> CacheAnswers { get; }

    public Counter<long> Retries { get; }

    public Counter<long> TooMany { get; }

    public Counter<long> CircuitsOpened { get; }

    public Counter<long> TargetsRefused { get; }

    public Counter<long> LinesDropped { get; }

    public void ObserveRoutes(Func<int> towns, Func<IEnumerable<Measurement<int>>> faults)
    {
        _meter.CreateObservableGauge("gateway.routes.municipalities", towns, "{municipality}", "Municipalities that are served");
        _meter.CreateObservableGauge("gateway.routes.faults", faults, "{fault}", "Faults in configurations that are not in force");
    }
}
