using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.UserSecrets;

/// <summary>The AppHost's user secrets file, in which generated passwords are kept between runs.</summary>
internal sealed class UserSecretsStore(string path)
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly Lock s_writing = new();

    public string FilePath { get; } = path;

    /// <exception cref="DistributedApplicationException">The assembly names a store, but this user has no home folder to keep it in.</exception>
    public static UserSecretsStore? For(Assembly? appHost)
    {
        var id = appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        return string.IsNullOrEmpty(id) ? null : new UserSecretsStore(PathOf(id));
    }

    public string GetOrCreate(IConfigurationManager configuration, string key, Func<string> create)
    {
        if (configuration[key] is { Length: > 0 } existing)
        {
            return existing;
        }

        var value = create();
        Set(key, value);
        configuration.AddInMemoryCollection([new(key, value)]);
        return value;
    }

    /// <exception cref="DistributedApplicationException">The file cannot be read or written.</exception>
    public void Set(string key, string value)
    {
        lock (s_writing)
        {
            try
            {
                var secrets = Read();
                secrets[key] = value;
                Write(secrets);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
            {
                throw new DistributedApplicationException(
                    $"The secret '{key}' cannot be kept in the user secrets file '{FilePath}': {exception.Message}",
                    exception);
            }
        }
    }

    private static string PathOf(string id)
    {
        try
        {
            return PathHelper.GetSecretsPathFromSecretsId(id);
        }
        catch (InvalidOperationException exception)
        {
            throw new DistributedApplicationException(
                $"The user secrets '{id}' have no place: set HOME, or DOTNET_USER_SECRETS_FALLBACK_DIR to a folder of your own. Generated passwords are kept there.", exception);
        }
    }

    private JsonObject Read() =>
        File.Exists(FilePath) && JsonNode.Parse(File.ReadAllText(FilePath), documentOptions: s_reading) is JsonObject secrets ? secrets : [];

    private void Write(JsonObject secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);

        // Written beside and moved over: a reader or a crash never sees half a file.
        var temporary = $"{FilePath}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(secrets.ToJsonString(s_format));
        }

        File.Move(temporary, FilePath, overwrite: true);
    }
}
