using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Decides at which port an endpoint is reached, and tells early when that port is taken.</summary>
internal static class PublicPorts
{
    /// <summary>The fixed port of the endpoint; null lets DCP choose a free one.</summary>
    /// <exception cref="DistributedApplicationException">Another program listens on the fixed port.</exception>
    public static int? Resolve(IResource resource, EndpointAnnotation endpoint, DcpOptions options)
    {
        if (Fixed(resource, endpoint, options) is { } port)
        {
            ThrowIfTaken(resource, endpoint, port);
            return port;
        }

        return endpoint.IsProxied ? null : AllocateProxyless(resource, endpoint);
    }

    private static int? Fixed(IResource resource, EndpointAnnotation endpoint, DcpOptions options)
    {
        var port = endpoint.Port is > 0 ? endpoint.Port : null;

        return options.RandomizePorts && endpoint.IsProxied ? null
            : port ?? (endpoint.IsProxied || resource.IsContainer() ? null : endpoint.TargetPort);
    }

    /// <summary>Without a proxy in between, the process has to be told its public port.</summary>
    private static int AllocateProxyless(IResource resource, EndpointAnnotation endpoint)
    {
        var port = FreePort();
        endpoint.Port = port;
        if (!resource.IsContainer())
        {
            endpoint.TargetPort = port;
        }

        return port;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void ThrowIfTaken(IResource resource, EndpointAnnotation endpoint, int port)
    {
        if (endpoint.Protocol != ProtocolType.Tcp || IsFree(port))
        {
            return;
        }

        throw new DistributedApplicationException(
            $"Port {port} of the endpoint '{endpoint.Name}' of '{resource.Name}' is taken by another program. " +
            $"End that program, or {Remedy(resource, endpoint)}.");
    }

    private static string Remedy(IResource resource, EndpointAnnotation endpoint) => resource.Name == Dashboard.DashboardResource.Name
        ? $"set {Dashboard.DashboardResource.SettingOf(endpoint.Name)} to another address"
        : "choose another port for the endpoint in the AppHost (leave it out for a free one)";

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();

            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
