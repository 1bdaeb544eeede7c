using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A wait that was cut off says where the resource had got to, since "cancelled" alone helps nobody.</summary>
internal static class WaitFailure
{
    public static string Describe(ResourceNotificationService notifications, string failure, string resourceName)
    {
        var text = new StringBuilder().AppendLine(failure);

        if (!notifications.TryGetCurrentState(resourceName, out var current))
        {
            return text.Append(CultureInfo.InvariantCulture, $"Unable to retrieve current state for resource '{resourceName}'.").ToString();
        }

        var snapshot = current.Snapshot;
        text.AppendLine(CultureInfo.InvariantCulture, $"- Current State: {snapshot.State?.Text ?? "(null)"}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"- Creation Time: {snapshot.CreationTimeStamp?.ToString("O", CultureInfo.InvariantCulture) ?? "(null)"}");

        if (snapshot.ExitCode is { } exitCode)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- Exit Code: {exitCode}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"- Current Health: {snapshot.HealthStatus?.ToString() ?? "(null)"}");

        foreach (var report in snapshot.HealthReports)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  - {report.Name}: {report.Status?.ToString() ?? "Unknown"}; {report.Description ?? "no description"}");
        }

        foreach (var name in WaitingFor(snapshot))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- Waiting For: {name} ({DescribeState(notifications, name)})");
        }

        return text.ToString().TrimEnd();
    }

    private static IEnumerable<string> WaitingFor(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.Resource.WaitingFor)?.Value as IEnumerable<string>
            ?? [];

    private static string DescribeState(ResourceNotificationService notifications, string name) =>
        notifications.TryGetCurrentState(name, out var current)
            ? $"{current.Snapshot.State?.Text ?? "no state"}, {current.Snapshot.HealthStatus?.ToString() ?? "no health"}"
            : "unknown";
}
