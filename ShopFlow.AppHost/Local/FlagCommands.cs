using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Flags;

namespace ShopFlow.AppHost.Local;

/// <summary>Feature flags on the dashboard: a command that turns one on or off, and its state among the resource's properties.</summary>
internal static class FlagCommands
{
    /// <summary>The file of flags that all services read. A local run has its own, in which nothing is set at first.</summary>
    public static string FlagsFile(this IDistributedApplicationBuilder builder) => builder.ExecutionContext.IsPublishMode
        ? "/etc/shopflow/flags/flags.json"
        : Path.Combine(Directory.CreateDirectory(Path.Combine(builder.DataDirectory(), "flags")).FullName, "flags.json");

    /// <summary>Offers flags on the resource that they are about.</summary>
    public static IResourceBuilder<T> WithFlags<T>(this IResourceBuilder<T> resource, params string[] flags) where T : IResource
    {
        var builder = resource.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
            return resource;

        var file = builder.FlagsFile();
        foreach (var flag in flags.Select(name => Flag.All.Single(known => known.Name == name)))
        {
            resource.WithCommand(
                $"flag-{flag.Name}",
                $"Flag {flag.Name}: on or off",
                context => ToggleAsync(context, resource.Resource, new(file), flag),
                new CommandOptions { Description = flag.Description, IconName = "Flag" });
        }

        return resource;
    }

    private static async Task<ExecuteCommandResult> ToggleAsync(ExecuteCommandContext context, IResource resource, FlagFile file, Flag flag)
    {
        try
        {
            var percent = file.Read().GetValueOrDefault(flag.Name, flag.IsOnByDefault ? 100 : 0) > 0 ? 0 : 100;
            await file.SetAsync(flag.Name, percent, context.CancellationToken);
            await context.ServiceProvider.GetRequiredService<ResourceNotificationService>().PublishUpdateAsync(
                resource, snapshot => snapshot with { Properties = With(snapshot.Properties, $"flag {flag.Name}", percent > 0 ? "on" : "off") });
            return CommandResults.Success($"{flag.Name} is {(percent > 0 ? "on" : "off")}. The services see it within four seconds.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return CommandResults.Failure($"The flag could not be set: {failure.Message}");
        }
    }

    private static ImmutableArray<ResourcePropertySnapshot> With(ImmutableArray<ResourcePropertySnapshot> properties, string name, string value) =>
        [.. properties.Where(property => property.Name != name), new(name, value)];
}
