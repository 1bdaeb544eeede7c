using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of a snapshot that follow from the model: type, relationships, commands, icon, visibility.</summary>
internal static class SnapshotDefaults
{
    public static CustomResourceSnapshot Create(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot
            {
                ResourceType = resource.GetResourceType(),
                Properties = [],
                Relationships = RelationshipsOf(resource),
            };

    public static CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        snapshot = snapshot with { Commands = CommandsOf(resource, snapshot, services) };

        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
        {
            snapshot = snapshot with { IconName = snapshot.IconName ?? icon.IconName, IconVariant = snapshot.IconVariant ?? icon.IconVariant };
        }

        return resource.HasAnnotationOfType<HiddenAnnotation>() ? snapshot with { IsHidden = true } : snapshot;
    }

    public static ImmutableArray<RelationshipSnapshot> RelationshipsOf(IResource resource)
    {
        IEnumerable<RelationshipSnapshot> parent = resource is IResourceWithParent child
            ? [new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent)]
            : [];

        var others = resource.Annotations
            .OfType<ResourceRelationshipAnnotation>()
            .Select(annotation => new RelationshipSnapshot(annotation.Resource.Name, annotation.Type));

        return [.. parent.Concat(others).Distinct()];
    }

    private static ImmutableArray<ResourceCommandSnapshot> CommandsOf(
        IResource resource,
        CustomResourceSnapshot snapshot,
        IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = services };

        return
        [
            .. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => new ResourceCommandSnapshot(
                command.Name,
                command.UpdateState(context),
                command.DisplayName,
                command.DisplayDescription,
                Parameter: null,
                command.ConfirmationMessage,
                command.IconName,
                command.IconVariant,
                command.IsHighlighted)
            {
                Visibility = command.Visibility,
            }),
        ];
    }
}
