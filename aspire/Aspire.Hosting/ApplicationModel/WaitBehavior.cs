namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a wait does when the awaited resource fails: go on waiting for a restart, or fail too.</summary>
public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}
