using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the model as aspire-manifest.json.</summary>
internal sealed class ManifestPublisher(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IConfiguration configuration,
    ILogger<ManifestPublisher> logger)
{
    /// <exception cref="DistributedApplicationException">The command line is wrong, or a resource cannot be written; no file is left then.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (!string.Equals(executionContext.PublisherName, "manifest", StringComparison.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException(
                $"The publisher '{executionContext.PublisherName}' is unknown. The only one here is 'manifest'.");
        }

        var path = ResolvePath(configuration["Pipeline:OutputPath"] ?? configuration["Publishing:OutputPath"]);
        await WriteAsync(path, cancellationToken);

        logger.LogInformation("Published manifest to: {ManifestPath}", path);
    }

    private static string ResolvePath(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new DistributedApplicationException(
                "The '--output-path [path]' option was not specified even though '--publisher manifest' argument was used.");
        }

        return Path.GetFullPath(path.EndsWith(".json", StringComparison.Ordinal) ? path : Path.Combine(path, "aspire-manifest.json"));
    }

    private async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        // Built in memory, written beside and moved over: an error leaves the manifest that was there, or none.
        using var content = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            await new ManifestPublishingContext(executionContext, path, writer, cancellationToken).WriteModelAsync(model);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content.ToArray(), cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
