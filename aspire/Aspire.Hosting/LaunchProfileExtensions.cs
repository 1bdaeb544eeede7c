using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Finds the launch profile that a project runs with, as <c>dotnet run</c> would but for the model's own choice.</summary>
internal static class LaunchProfileExtensions
{
    private static readonly JsonSerializerOptions s_format = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="DistributedApplicationException">The model names a profile that the project does not have.</exception>
    public static (string Name, LaunchProfile Profile)? GetEffectiveLaunchProfile(this ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>() || ReadLaunchSettings(project) is not { } settings)
        {
            return null;
        }

        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var chosen))
        {
            return settings.Profiles.TryGetValue(chosen.LaunchProfileName, out var profile)
                ? (chosen.LaunchProfileName, profile)
                : throw new DistributedApplicationException($"Launch settings file does not contain '{chosen.LaunchProfileName}' profile.");
        }

        if (project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var preferred)
            && settings.Profiles.TryGetValue(preferred.LaunchProfileName, out var same))
        {
            return (preferred.LaunchProfileName, same);
        }

        return settings.Profiles
            .Where(entry => entry.Value.CommandName is null or "" or "Project" or "Executable")
            .Select(entry => ((string, LaunchProfile)?)(entry.Key, entry.Value))
            .FirstOrDefault();
    }

    private static LaunchSettings? ReadLaunchSettings(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        if (metadata.LaunchSettings is { } given)
        {
            return given;
        }

        if (!File.Exists(metadata.ProjectPath))
        {
            throw new DistributedApplicationException($"Project file '{metadata.ProjectPath}' was not found.");
        }

        var path = Path.Combine(Path.GetDirectoryName(metadata.ProjectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<LaunchSettings>(stream, s_format);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException(
                $"Failed to get effective launch profile for project resource '{project.Name}'. There is malformed JSON in the project's launch settings file at '{path}'.",
                exception);
        }
    }
}
