using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace ShopFlow.ServiceDefaults.Flags;

/// <summary>
/// A JSON file that may change at any time. It is looked at every four seconds, because what a cluster mounts changes without the system telling
/// of it. While it is no JSON, because a person is still at it, what held before goes on.
/// </summary>
internal sealed class FlagFileSource : JsonConfigurationSource
{
    public FlagFileSource(string file)
    {
        FileProvider = new PhysicalFileProvider(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!)
        {
            UsePollingFileWatcher = true,
            UseActivePolling = true,
        };
        Path = System.IO.Path.GetFileName(file);
        Optional = true;
        ReloadOnChange = true;
    }

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new Provider(this);
    }

    private sealed class Provider(FlagFileSource source) : JsonConfigurationProvider(source)
    {
        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
            }
            catch (FormatException failure)
            {
                // There is no log yet when the configuration is first read.
                Console.Error.WriteLine($"The feature flags in {Source.Path} stay as they were: {failure.Message}");
            }
        }
    }
}
