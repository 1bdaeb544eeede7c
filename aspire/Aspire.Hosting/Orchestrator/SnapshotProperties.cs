using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

internal static class SnapshotProperties
{
    /// <summary>Replaces the properties of the same names and adds the others.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> With(
        this ImmutableArray<ResourcePropertySnapshot> properties, params IEnumerable<ResourcePropertySnapshot> changed)
    {
        var added = changed.ToArray();
        var names = added.Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

        return [.. properties.Where(property => !names.Contains(property.Name)), .. added];
    }
}
