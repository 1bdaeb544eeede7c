namespace Aspire.Hosting.ApplicationModel;

/// <summary>The launch profile that the AppHost itself runs with, for projects that have one of the same name.</summary>
public sealed class DefaultLaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    public string LaunchProfileName { get; } = launchProfileName ?? throw new ArgumentNullException(nameof(launchProfileName));
}
