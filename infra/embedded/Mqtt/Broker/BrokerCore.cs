using SmartCity.Embedded.Mqtt.Broker.Listening;
using SmartCity.Embedded.Mqtt.Broker.Monitoring;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;

namespace SmartCity.Embedded.Mqtt.Broker;

/// <summary>The parts of one running broker, wired.</summary>
internal sealed class BrokerCore
{
    public BrokerCore(BrokerState state, IMqttAuthenticator authenticator, IMqttAuthorizer authorizer)
    {
        State = state;
        Authenticator = authenticator;
        Authorizer = authorizer;
        Admission = new Admission(state);
        Deliveries = new Deliveries(state);
        Router = new Router(state, Deliveries);
        Sessions = new SessionManager(state, new Wills(state, Router), new SharedRedelivery(state, Deliveries));
        SysTopics = new SysTopics(state, Router);
    }

    public BrokerState State { get; }

    public Admission Admission { get; }

    public IMqttAuthenticator Authenticator { get; }

    public IMqttAuthorizer Authorizer { get; }

    public IMqttPublishGate? PublishGate { get; set; }

    public Deliveries Deliveries { get; }

    public Router Router { get; }

    public SessionManager Sessions { get; }

    public SysTopics SysTopics { get; }
}
