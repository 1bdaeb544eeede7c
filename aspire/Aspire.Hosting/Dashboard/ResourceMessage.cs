using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;
using Google.Protobuf.WellKnownTypes;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.Dashboard;

/// <summary>Writes a resource's snapshot as the message that the dashboard reads.</summary>
internal static class ResourceMessage
{
    /// <param name="started">When the application started, for resources that nothing creates: the dashboard insists on a time.</param>
    public static Protocol.Resource Create(ResourceEvent change, DateTime started)
    {
        var snapshot = change.Snapshot;
        var message = new Protocol.Resource
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            Uid = change.ResourceId,
            ResourceType = snapshot.ResourceType,
            CreatedAt = Time(snapshot.CreationTimeStamp ?? started),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
            Environment = { snapshot.EnvironmentVariables.Select(Variable) },
            Urls = { snapshot.Urls.Select(Address) },
            Volumes = { snapshot.Volumes.Select(Mount) },
            HealthReports = { snapshot.HealthReports.Select(Report) },
            Commands = { snapshot.Commands.Select(Action) },
            Relationships = { snapshot.Relationships.Select(Relation) },
            Properties = { CommonProperties(change).Concat(snapshot.Properties.Select(Property)) },
        };

        if (snapshot.State is { } state)
        {
            message.State = state.Text;
            SetIfGiven(state.Style, style => message.StateStyle = style);
        }

        SetIfGiven(snapshot.IconName, icon => message.IconName = icon);

        return message;
    }

    private static EnvironmentVariable Variable(EnvironmentVariableSnapshot variable)
    {
        var message = new EnvironmentVariable { Name = variable.Name, IsFromSpec = variable.IsFromSpec };
        SetIfGiven(variable.Value, value => message.Value = value);

        return message;
    }

    private static Url Address(UrlSnapshot url)
    {
        var message = new Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new UrlDisplay
            {
                SortOrder = url.DisplayProperties.SortOrder,
                DisplayName = url.DisplayProperties.DisplayName,
            },
        };
        SetIfGiven(url.Name, name => message.EndpointName = name);

        return message;
    }

    private static Volume Mount(VolumeSnapshot volume) =>
        new() { Source = volume.Source ?? "", Target = volume.Target, MountType = volume.MountType, IsReadOnly = volume.IsReadOnly };

    private static HealthReport Report(HealthReportSnapshot report)
    {
        var message = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                HealthStatus.Healthy => Protocol.HealthStatus.Healthy,
                HealthStatus.Degraded => Protocol.HealthStatus.Degraded,
                _ => Protocol.HealthStatus.Unhealthy,
            };
        }

        return message;
    }

    private static Command Action(ResourceCommandSnapshot command)
    {
        var message = new Command
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            State = (CommandState)(int)command.State,
        };
        SetIfGiven(command.DisplayDescription, text => message.DisplayDescription = text);
        SetIfGiven(command.ConfirmationMessage, text => message.ConfirmationMessage = text);
        SetIfGiven(command.IconName, icon => message.IconName = icon);
        if (command.IconVariant is { } variant)
        {
            message.IconVariant = variant == ApplicationModel.IconVariant.Filled
                ? Protocol.IconVariant.Filled
                : Protocol.IconVariant.Regular;
        }

        return message;
    }

    private static Relationship Relation(RelationshipSnapshot relationship) =>
        new() { ResourceName = relationship.ResourceName, Type = relationship.Type };

    private static IEnumerable<Property> CommonProperties(ResourceEvent change)
    {
        var snapshot = change.Snapshot;

        yield return Plain("resource.uid", change.ResourceId);
        yield return Plain("resource.name", change.ResourceId);
        yield return Plain("resource.type", snapshot.ResourceType);
        yield return Plain("resource.displayName", change.Resource.Name);
        yield return Plain("resource.state", snapshot.State?.Text);
        yield return Plain("resource.exitCode", snapshot.ExitCode?.ToString());
        yield return Plain("resource.createTime", snapshot.CreationTimeStamp?.ToString("O"));
        yield return Plain("resource.startTime", snapshot.StartTimeStamp?.ToString("O"));
        yield return Plain("resource.stopTime", snapshot.StopTimeStamp?.ToString("O"));
        yield return Plain("resource.healthState", snapshot.HealthStatus?.ToString());
    }

    private static Property Plain(string name, string? value) => new() { Name = name, Value = ToValue(value), IsSensitive = false };

    private static Property Property(ResourcePropertySnapshot property) =>
        new() { Name = property.Name, Value = ToValue(property.Value), IsSensitive = property.IsSensitive };

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        int number => Value.ForNumber(number),
        bool flag => Value.ForBool(flag),
        IEnumerable<string> list => Value.ForList([.. list.Select(Value.ForString)]),
        IEnumerable<int> list => Value.ForList([.. list.Select(number => Value.ForNumber(number))]),
        _ => Value.ForString(value.ToString() ?? ""),
    };

    private static Timestamp? Time(DateTime? time) =>
        time is { } given ? Timestamp.FromDateTime(DateTime.SpecifyKind(given, DateTimeKind.Utc)) : null;

    // Optional fields of the generated types accept no null.
    private static void SetIfGiven(string? text, Action<string> set)
    {
        if (text is not null)
        {
            set(text);
        }
    }
}
