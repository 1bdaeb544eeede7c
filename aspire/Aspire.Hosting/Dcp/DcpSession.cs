using System.Net.Sockets;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The folder through which this process and its DCP find each other. DCP deletes it at the end of its shutdown;
/// <see cref="Dispose"/> is for the case that DCP could not.
/// </summary>
internal sealed class DcpSession : IDisposable
{
    private DcpSession(string folder) => Folder = folder;

    public string Folder { get; }

    public string KubeconfigPath => Path.Combine(Folder, "kubeconfig");

    public string CertificatePath => Path.Combine(Folder, "tls.crt");

    public string KeyPath => Path.Combine(Folder, "tls.key");

    public string LogSocketPath => Path.Combine(Folder, "output.sock");

    /// <summary>Makes a folder that only this user can enter.</summary>
    public static DcpSession Create()
    {
        var session = new DcpSession(Directory.CreateTempSubdirectory("aspire-dcp").FullName);
        ServerCertificate.Write(session.CertificatePath, session.KeyPath);

        return session;
    }

    /// <summary>Listens for DCP's log. DCP connects while it starts, so this comes first.</summary>
    public Socket ListenForLog()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(LogSocketPath));
        socket.Listen(backlog: 3);

        return socket;
    }

    /// <summary>Waits until DCP has deleted the folder, which is the last thing it does.</summary>
    public async Task<bool> WaitUntilGoneAsync(TimeSpan limit)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (Directory.Exists(Folder))
        {
            if (clock.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return true;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // DCP was first, as it should be.
        }
    }
}
