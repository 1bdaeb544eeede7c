using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One process or container of a resource, from before its first start to the end of the application.</summary>
internal sealed class ProcessInstance(IResource resource, DcpInstance identity)
{
    private volatile string? _uid;
    private volatile string? _retiredUid = "";

    public IResource Resource => resource;

    public DcpInstance Identity => identity;

    public string Name => identity.Name;

    public bool IsContainer { get; } = resource.IsContainer();

    /// <summary>Held while the instance is being started or stopped: the two never overlap.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Whether news of the DCP object with this uid still concern the instance.</summary>
    public bool IsCurrent(string? uid)
    {
        if (uid == _retiredUid)
        {
            return false;
        }

        _uid = uid;
        return true;
    }

    /// <summary>From now on news of the present DCP object are ignored: it is about to be replaced.</summary>
    public void Retire() => _retiredUid = _uid;

    /// <summary>What the latest start was given, for display.</summary>
    public LaunchArguments? Arguments { get; set; }
}

/// <summary>Arguments as the model gave them, without the launcher's own ones in front.</summary>
internal sealed record LaunchArguments(IReadOnlyList<string> Values, IReadOnlyList<int> Sensitive)
{
    public bool AnySensitive => Sensitive.Contains(1);
}
