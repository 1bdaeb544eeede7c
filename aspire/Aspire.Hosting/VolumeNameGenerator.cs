using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class VolumeNameGenerator
{
    /// <summary>A volume name that two AppHosts on one machine do not share: <c>{application}-{hash}-{resource}-{suffix}</c>.</summary>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        if (suffix.Length == 0 || Sanitize(suffix) != suffix)
        {
            throw new ArgumentException(
                $"The suffix '{suffix}' contains invalid characters. It must match [a-zA-Z0-9][a-zA-Z0-9_.-]*.",
                nameof(suffix));
        }

        var application = Sanitize(builder.ApplicationBuilder.Environment.ApplicationName).ToLowerInvariant();
        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
        return $"{application}-{hash}-{builder.Resource.Name}-{suffix}";
    }

    private static string Sanitize(string name) => string.Concat(name.Select((character, index) =>
        char.IsAsciiLetterOrDigit(character) || (index > 0 && character is '_' or '.' or '-') ? character : '_'));
}
