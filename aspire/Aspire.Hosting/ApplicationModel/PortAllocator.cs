namespace Aspire.Hosting.ApplicationModel;

/// <summary>Ports for a manifest, counted up from the first: the same in every run.</summary>
public sealed class PortAllocator(int startPort = 8000) : IPortAllocator
{
    private readonly HashSet<int> _used = [];
    private int _next = startPort;

    public void AddUsedPort(int port) => _used.Add(port);

    public int AllocatePort()
    {
        while (_used.Contains(_next))
        {
            _next++;
        }

        return _next++;
    }
}
