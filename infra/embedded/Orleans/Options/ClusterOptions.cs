namespace Orleans.Configuration;

/// <summary>The names of the cluster; the embedded engine carries them for logs and storage providers.</summary>
public class ClusterOptions
{
    /// <summary>The default cluster id.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The default service id.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>The service.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
