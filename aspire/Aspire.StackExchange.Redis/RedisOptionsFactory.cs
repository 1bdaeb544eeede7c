using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>
/// Starts from the parsed connection string, since <see cref="ConfigurationOptions"/> can be parsed into a new object only;
/// Configure and PostConfigure then work on it as on any options.
/// </summary>
internal sealed class RedisOptionsFactory(
    IServiceProvider services,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> setups,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigures,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validations)
    : OptionsFactory<ConfigurationOptions>(setups, postConfigures, validations)
{
    protected override ConfigurationOptions CreateInstance(string name)
    {
        var connectionString = services.GetKeyedService<RedisConnectionString>(name)?.Value;
        if (string.IsNullOrEmpty(connectionString))
            return base.CreateInstance(name);

        var options = ConfigurationOptions.Parse(connectionString);

        // Keep trying when the server comes up later than the service, unless the connection string says otherwise.
        if (!connectionString.Contains("abortConnect", StringComparison.OrdinalIgnoreCase))
            options.AbortOnConnectFail = false;

        return options;
    }
}
