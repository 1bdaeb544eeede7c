using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Turns an instance into a DCP object, with environment and arguments as they are at this moment, and creates it.</summary>
internal sealed class ProcessLauncher(
    DcpHost dcp,
    EndpointAllocation endpoints,
    DistributedApplicationOptions options,
    DistributedApplicationExecutionContext executionContext)
{
    /// <exception cref="DistributedApplicationException">A value of the environment or an argument has no value.</exception>
    public async Task CreateAsync(ProcessInstance instance, ILogger resourceLogger, CancellationToken cancellationToken)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(instance.Resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(executionContext, resourceLogger, cancellationToken);
        if (configuration.Exception is { } failure)
        {
            throw new DistributedApplicationException($"'{instance.Resource.Name}' cannot start: {Reasons(failure)}", failure);
        }

        instance.Arguments = new LaunchArguments(
            [.. configuration.Arguments.Select(argument => argument.Value)],
            [.. configuration.Arguments.Select(argument => argument.IsSensitive ? 1 : 0)]);

        var arguments = instance.Arguments.Values.Select(DcpTemplate.Quote).ToArray();
        var environment = configuration.EnvironmentVariables
            .Select(variable => new DcpVariable(variable.Key, DcpTemplate.Quote(variable.Value)))
            .ToArray();

        await (instance.IsContainer
            ? CreateContainerAsync(instance, arguments, environment, cancellationToken)
            : CreateExecutableAsync(instance, arguments, environment, cancellationToken));
    }

    private Task CreateExecutableAsync(
        ProcessInstance instance, string[] arguments, DcpVariable[] environment, CancellationToken cancellationToken)
    {
        var plan = LaunchPlan.For(instance.Resource, options.Assembly);
        var spec = new ExecutableSpec
        {
            ExecutablePath = plan.Program,
            WorkingDirectory = plan.WorkingDirectory,
            Args = [.. plan.LauncherArguments, .. LaunchProfileArguments(instance.Resource, arguments), .. arguments],
            Env = environment,
        };

        return dcp.Client.CreateAsync(
            DcpKinds.Executable, DcpKinds.Executable.New(instance.Name, spec, Annotations(instance)), cancellationToken);
    }

    private Task CreateContainerAsync(
        ProcessInstance instance, string[] arguments, DcpVariable[] environment, CancellationToken cancellationToken)
    {
        var spec = ContainerObjects.Spec(instance, endpoints.Of(instance.Resource), arguments, environment);

        return dcp.Client.CreateAsync(
            DcpKinds.Container, DcpKinds.Container.New(instance.Name, spec, Annotations(instance)), cancellationToken);
    }

    private Dictionary<string, string> Annotations(ProcessInstance instance)
    {
        var annotations = new Dictionary<string, string>
        {
            [DcpAnnotations.ResourceName] = instance.Resource.Name,
            [DcpAnnotations.OtelServiceName] = instance.Resource.Name,
            [DcpAnnotations.OtelServiceInstanceId] = instance.Identity.Suffix,
            [DcpAnnotations.ReplicaCount] = ResourceInstances.Of(instance.Resource).Length.ToString(),
            [DcpAnnotations.ReplicaIndex] = instance.Identity.Index.ToString(),
        };

        var producers = endpoints.Of(instance.Resource).Select(endpoint => endpoint.ToProducer()).ToArray();
        if (producers.Length > 0)
        {
            annotations[DcpAnnotations.ServiceProducer] = JsonSerializer.Serialize(producers, JsonSerializerOptions.Web);
        }

        return annotations;
    }

    /// <summary>The launch profile's command line counts only where the model gives no arguments.</summary>
    private static string[] LaunchProfileArguments(IResource resource, string[] arguments) =>
        arguments.Length == 0 && resource is ProjectResource project
        && project.GetEffectiveLaunchProfile()?.Profile.CommandLineArgs is { Length: > 0 } line
            ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static string Reasons(Exception failure) => failure is AggregateException all
        ? string.Join("; ", all.InnerExceptions.Select(inner => inner.Message))
        : failure.Message;
}
