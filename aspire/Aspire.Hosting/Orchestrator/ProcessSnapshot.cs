using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Writes what DCP says of an instance into the snapshot of its resource.</summary>
internal static class ProcessSnapshot
{
    public static CustomResourceSnapshot Apply(
        CustomResourceSnapshot snapshot, ProcessInstance instance, DcpMetadata metadata, ExecutableSpec spec, ProcessStatus? status) =>
        WithStatus(snapshot, instance, metadata, status, spec.Env) with
        {
            Properties = snapshot.Properties.With([
                new(KnownProperties.Executable.Path, spec.ExecutablePath),
                new(KnownProperties.Executable.WorkDir, spec.WorkingDirectory),
                new(KnownProperties.Executable.Args, status?.EffectiveArgs ?? []) { IsSensitive = true },
                new(KnownProperties.Executable.Pid, status?.Pid),
                .. ProjectProperties(instance.Resource),
                .. ArgumentProperties(instance.Arguments),
            ]),
        };

    public static CustomResourceSnapshot Apply(
        CustomResourceSnapshot snapshot, ProcessInstance instance, DcpMetadata metadata, ContainerSpec spec, ProcessStatus? status) =>
        WithStatus(snapshot, instance, metadata, status, spec.Env) with
        {
            Properties = snapshot.Properties.With([
                new(KnownProperties.Container.Image, spec.Image),
                new(KnownProperties.Container.Id, status?.ContainerId),
                new(KnownProperties.Container.Command, spec.Command),
                new(KnownProperties.Container.Args, status?.EffectiveArgs ?? []) { IsSensitive = true },
                new(KnownProperties.Container.Ports, spec.Ports?.Select(port => port.ContainerPortNumber).ToArray() ?? []),
                new(KnownProperties.Container.Lifetime, spec.Persistent is true ? "Persistent" : "Session"),
                .. ArgumentProperties(instance.Arguments),
            ]),
            Volumes = [.. (spec.VolumeMounts ?? []).Select(mount =>
                new VolumeSnapshot(mount.Source, mount.Target, mount.Type, mount.ReadOnly ?? false))],
        };

    private static CustomResourceSnapshot WithStatus(
        CustomResourceSnapshot snapshot,
        ProcessInstance instance,
        DcpMetadata metadata,
        ProcessStatus? status,
        IReadOnlyList<DcpVariable>? given) =>
        snapshot with
        {
            State = StateOf(status),
            ExitCode = status?.ExitCode,
            CreationTimeStamp = metadata.CreationTimestamp?.UtcDateTime,
            StartTimeStamp = status?.StartupTimestamp?.UtcDateTime,
            StopTimeStamp = status?.FinishTimestamp?.UtcDateTime,
            EnvironmentVariables = Variables(status?.EffectiveEnv, given),
            Urls = ResourceUrls.Of(instance.Resource, isActive: status?.State is ProcessStates.Running),
        };

    /// <summary>No state yet means that DCP is about to start it.</summary>
    private static ResourceStateSnapshot? StateOf(ProcessStatus? status) => status?.State switch
    {
        null or "" or "Pending" or "Building" => KnownResourceStates.Starting,
        ProcessStates.Terminated => KnownResourceStates.Exited,
        ProcessStates.FailedToStart or ProcessStates.RuntimeUnhealthy =>
            new ResourceStateSnapshot(status.State, KnownResourceStateStyles.Error),
        _ => status.State,
    };

    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(
        IReadOnlyList<DcpVariable>? effective, IReadOnlyList<DcpVariable>? given)
    {
        var own = (given ?? []).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);

        return
        [
            .. (effective ?? [])
                .OrderBy(variable => variable.Name, StringComparer.Ordinal)
                .Select(variable => new EnvironmentVariableSnapshot(variable.Name, variable.Value ?? "", own.Contains(variable.Name))),
        ];
    }

    private static IEnumerable<ResourcePropertySnapshot> ProjectProperties(IResource resource) => resource is ProjectResource project
        ?
        [
            new(KnownProperties.Project.Path, project.GetProjectMetadata().ProjectPath),
            new(KnownProperties.Project.LaunchProfile, project.GetEffectiveLaunchProfile()?.Name),
        ]
        : [];

    private static IEnumerable<ResourcePropertySnapshot> ArgumentProperties(LaunchArguments? arguments) => arguments is null
        ? []
        :
        [
            new(KnownProperties.Resource.AppArgs, arguments.Values) { IsSensitive = arguments.AnySensitive },
            new(KnownProperties.Resource.AppArgsSensitivity, arguments.Sensitive) { IsSensitive = arguments.AnySensitive },
        ];
}
