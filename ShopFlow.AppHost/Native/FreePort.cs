using System.Net;
using System.Net.Sockets;

namespace ShopFlow.AppHost.Native;

internal static class FreePort
{
    // Below the range that Linux takes the ports of outgoing connections from, so that none of those can slip in between.
    private const int Lowest = 20_000;
    private const int Highest = 30_000;

    private static readonly HashSet<int> s_given = [];

    /// <summary>A TCP port on the loopback address that nobody listens on, and that was not given before.</summary>
    public static int Next()
    {
        // Tests build several models at once.
        lock (s_given)
        {
            while (true)
            {
                var port = Random.Shared.Next(Lowest, Highest);
                if (s_given.Add(port) && IsFree(port))
                    return port;
            }
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
