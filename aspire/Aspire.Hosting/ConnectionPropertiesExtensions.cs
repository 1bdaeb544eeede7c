using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ConnectionPropertiesExtensions
{
    /// <summary>The properties of the source, with those of the same name replaced and new ones at the end.</summary>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(
        this IResourceWithConnectionString source,
        IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        var properties = new OrderedDictionary<string, ReferenceExpression>(
            source.GetConnectionProperties(),
            StringComparer.OrdinalIgnoreCase);

        foreach (var (name, value) in additional)
        {
            properties[name] = value;
        }

        return properties;
    }
}
