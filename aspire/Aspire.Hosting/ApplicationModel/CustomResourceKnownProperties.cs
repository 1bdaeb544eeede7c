namespace Aspire.Hosting.ApplicationModel;

public static class CustomResourceKnownProperties
{
    public static string Source { get; } = KnownProperties.Resource.Source;

    public static string ConnectionString { get; } = KnownProperties.Resource.ConnectionString;
}
