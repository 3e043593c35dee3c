using System.Net;

namespace SmartCity.ServiceDefaults.Net;

/// <summary>Looks a host name up.</summary>
public delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);
