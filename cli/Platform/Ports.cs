using System.Net;
using System.Net.Sockets;

namespace ShopFlow.Cli.Platform;

internal static class Ports
{
    public static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    /// <summary>The port asked for, or else the first free one from the usual one on.</summary>
    /// <exception cref="CommandFailedException">The port asked for is taken.</exception>
    public static int Choose(string what, int? asked, int usual, string option)
    {
        if (asked is { } port)
            return IsFree(port) ? port : throw new CommandFailedException($"Port {port} for {what} is taken by another program. Give another {option}, or leave it out.");

        var free = Enumerable.Range(usual, 100).First(IsFree);
        if (free != usual)
            Say.Warning($"Port {usual} is taken by another program: {what} uses {free}.");
        return free;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e)
        {
            // A machine without IPv6 cannot have the port taken there.
            return e.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
