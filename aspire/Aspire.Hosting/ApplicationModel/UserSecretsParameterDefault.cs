using System.Reflection;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.UserSecrets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that is kept once it was made up, so that the next run finds the same value in its configuration.</summary>
internal sealed class UserSecretsParameterDefault(string parameterName, ParameterDefault inner, Assembly? appHost) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();
        UserSecretsStore.For(appHost)?.Set($"Parameters:{parameterName}", value);
        return value;
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}
