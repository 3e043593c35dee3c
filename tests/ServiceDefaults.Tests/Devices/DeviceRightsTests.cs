using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.ServiceDefaults.Tests.Devices;

public sealed class DeviceRightsTests
{
    private const string User = "162043/node-1";

    [Theory]
    [InlineData("sc/v1/162043/node-1/telemetry", true)]
    [InlineData("sc/v1/162043/node-1/command-result", true)]
    [InlineData("sc/v1/162043/node-1/twin-reported", true)]
    [InlineData("sc/v1/162043/node-1/twin-desired", false)]
    [InlineData("sc/v1/162043/node-1/command", false)]
    [InlineData("sc/v1/162043/node-2/twin-reported", false)]
    [InlineData("sc/v1/163422/node-1/twin-reported", false)]
    [InlineData("sc/v1/162043/node-2/command-result", false)]
    [InlineData("spBv1.0/162043/NBIRTH/node-1", true)]
    [InlineData("spBv1.0/162043/NDATA/node-1", true)]
    [InlineData("spBv1.0/162043/NDEATH/node-1", true)]
    [InlineData("spBv1.0/162043/DBIRTH/node-1/Pump 1", true)]
    [InlineData("spBv1.0/162043/DDATA/node-1/pump", true)]
    [InlineData("spBv1.0/162043/DDEATH/node-1/pump", true)]
    [InlineData("spBv1.0/162043/NCMD/node-1", false)]
    [InlineData("spBv1.0/162043/DCMD/node-1/pump", false)]
    [InlineData("spBv1.0/163422/NDATA/node-1", false)]
    [InlineData("spBv1.0/162043/NDATA/node-2", false)]
    [InlineData("spBv1.0/162043/NDATA/node-1/pump", false)]
    [InlineData("spBv1.0/162043/DDATA/node-1", false)]
    [InlineData("spBv1.0/162043/DDATA/node-2/node-1", false)]
    [InlineData("spBv1.0/STATE/node-1", false)]
    [InlineData("spBv1.0/162043/OTHER/node-1", false)]
    public void MayPublish_WhenADeviceAsks_IsTrueForItsOwnTopicsOnly(string topic, bool expected)
        => DeviceRights.MayPublish(User, topic, isService: false).ShouldBe(expected);

    [Theory]
    [InlineData("sc/v1/162043/node-1/command", true)]
    [InlineData("sc/v1/162043/node-1/twin-desired", true)]
    [InlineData("sc/v1/162043/node-2/twin-desired", false)]
    [InlineData("sc/v1/163422/node-1/twin-desired", false)]
    [InlineData("sc/v1/162043/+/twin-desired", false)]
    [InlineData("sc/v1/162043/node-1/twin-reported", false)]
    [InlineData("sc/v1/162043/node-1/+", false)]
    [InlineData("spBv1.0/162043/NCMD/node-1", true)]
    [InlineData("spBv1.0/162043/NCMD/node-1/#", true)]
    [InlineData("spBv1.0/162043/DCMD/node-1/#", true)]
    [InlineData("spBv1.0/162043/DCMD/node-1/+", true)]
    [InlineData("spBv1.0/162043/DCMD/node-1/pump", true)]
    [InlineData("spBv1.0/162043/NCMD/node-2", false)]
    [InlineData("spBv1.0/162043/NCMD/+", false)]
    [InlineData("spBv1.0/162043/NCMD/#", false)]
    [InlineData("spBv1.0/+/NCMD/node-1", false)]
    [InlineData("spBv1.0/163422/NCMD/node-1", false)]
    [InlineData("spBv1.0/162043/DCMD/+/pump", false)]
    [InlineData("spBv1.0/162043/NDATA/node-1", false)]
    [InlineData("spBv1.0/162043/#", false)]
    [InlineData("spBv1.0/#", false)]
    [InlineData("$share/g/spBv1.0/162043/NCMD/node-1", false)]
    public void MaySubscribe_WhenADeviceAsks_IsTrueForItsOwnCommandsOnly(string filter, bool expected)
        => DeviceRights.MaySubscribe(User, filter, isService: false).ShouldBe(expected);

    [Theory]
    [InlineData("sc/v1/162043/bus-1/telemetry", true)]
    [InlineData("sc/v1/162043/bus-1/command", false)]
    [InlineData("sc/v1/162043/bus-1/status", false)]
    [InlineData("sc/v1/+/+/telemetry", false)]
    [InlineData("sc/v1/162043/+/telemetry", false)]
    [InlineData("sc/v1/162043/bus-1/#", false)]
    [InlineData("#", false)]
    public void MayFollow_WhenTransitAsks_IsTrueForTheTelemetryOfOneDeviceAtATime(string filter, bool expected)
        => DeviceRights.MayFollow(filter).ShouldBe(expected);

    [Theory]
    [InlineData("spBv1.0/162043/NCMD/node-1", true)]
    [InlineData("spBv1.0/162043/DCMD/node-1/pump", true)]
    [InlineData("sc/v1/162043/node-1/command", true)]
    [InlineData("spBv1.0/162043/NDATA/node-1", false)]
    [InlineData("sc/v1/162043/node-1/telemetry", false)]
    [InlineData("sc/v1/162043/node-1/twin-desired", true)]
    [InlineData("sc/v1/162043/node-1/twin-reported", false)]
    public void MayPublish_WhenThePlatformAsks_IsTrueForCommandsOnly(string topic, bool expected)
        => DeviceRights.MayPublish("service/telemetry", topic, isService: true).ShouldBe(expected);
}
