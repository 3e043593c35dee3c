using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Dapr.Sidecar;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Engine;

/// <summary>The embedded broker and sidecars.</summary>
public static class LocalPlatform
{
    /// <summary>The files of <c>infra/dapr/components</c>, beside the program.</summary>
    private static readonly string ResourceFiles = Path.Combine(AppContext.BaseDirectory, "dapr", "components");

    /// <summary>Starts both; when this returns, devices can publish and services can talk to their sidecars.</summary>
    public static async Task<ILocalPlatform> StartAsync(LocalPlatformOptions options, CancellationToken cancellationToken)
    {
        var platform = new Running(options);
        try
        {
            await platform.StartAsync(cancellationToken);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    private sealed class Running : ILocalPlatform
    {
        private readonly MqttBroker _broker;
        private readonly DaprSidecar _sidecar;
        private readonly IMqttAccess _access;

        public Running(LocalPlatformOptions options)
        {
            _access = options.Access;
            var access = new AccessHooks(options.Access);
            _broker = new MqttBroker(
                new MqttBrokerOptions
                {
                    Port = options.MqttPort,
                    DataDirectory = Path.Combine(options.DataDirectory, "mqtt"),
                    DurableSessions = options.DurableSessions.Select(DurableSessionOf).ToArray(),
                },
                access, access, TimeProvider.System, options.Loggers.CreateLogger<MqttBroker>())
            {
                OnRefused = Tell,
                PublishGate = options.Quota is { } quota ? new QuotaGate(quota) : null,
            };
            _sidecar = new DaprSidecar(
                new DaprSidecarOptions
                {
                    DataDirectory = Path.Combine(options.DataDirectory, "dapr"),
                    ResourcesPaths = [ResourceFiles],
                    AppApiToken = options.AppApiToken,
                    Apps = options.SidecarPorts.Select(app => new DaprAppOptions { AppId = app.Key, HttpPort = app.Value }).ToArray(),
                    Subscriptions = options.Subscriptions
                        .Select(subscription => new DeclaredSubscription(
                            subscription.AppId, subscription.Topic, subscription.Route, DeadLetterTopic: subscription.DeadLetterTopic))
                        .ToArray(),
                },
                options.Loggers);
        }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await _broker.StartAsync(cancellationToken);
            await _sidecar.StartAsync(cancellationToken);
        }

        public void SetAppAddress(string appId, Uri address) => _sidecar.SetAppAddress(appId, address);

        public Task DisconnectUserAsync(string userName) => _broker.DisconnectClientAsync(userName);

        public async ValueTask DisposeAsync()
        {
            await _sidecar.DisposeAsync();
            await _broker.DisposeAsync();
        }

        private static MqttDurableSession DurableSessionOf(LocalMqttSession session) => new(
            session.ClientId,
            session.UserName,
            session.TopicFilters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }).ToArray());

        private void Tell(MqttRefusal refusal)
        {
            if (refusal.UserName is { } userName && _access.NoticeOf(userName, refusal.Topic) is { } notice)
            {
                // Quality of service 0: a notice about a fault may be lost, a queue of them must not grow.
                _ = _broker.PublishAsync(notice.Topic, notice.Payload);
            }
        }
    }

    private sealed class AccessHooks(IMqttAccess access) : IMqttAuthenticator, IMqttAuthorizer
    {
        public async ValueTask<MqttAuthenticationResult> AuthenticateAsync(
            string clientId, string? userName, ReadOnlyMemory<byte> password, System.Net.EndPoint? remoteEndPoint, CancellationToken cancellationToken)
            => await access.AdmitAsync(clientId, userName, password, cancellationToken) switch
            {
                MqttAdmission.Admitted => MqttAuthenticationResult.Accept(userName),
                MqttAdmission.Unavailable => MqttAuthenticationResult.Refuse(MqttReasonCode.ServerUnavailable),
                _ => MqttAuthenticationResult.Refuse(),
            };

        public bool CanPublish(object? principal, string topic) => principal is string userName && access.MayPublish(userName, topic);

        public bool CanSubscribe(object? principal, string filter) => principal is string userName && access.MaySubscribe(userName, filter);
    }

    private sealed class QuotaGate(IMqttQuota quota) : IMqttPublishGate
    {
        public TimeSpan? Admit(object? principal, string topic, byte qualityOfService)
            => principal is string userName ? quota.Take(userName, topic, qualityOfService) : TimeSpan.Zero;
    }
}
