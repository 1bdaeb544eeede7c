namespace Aspire.Hosting.ApplicationModel;

/// <param name="Name">The orchestrator's name for the object, and the resource id in notifications and logs.</param>
/// <param name="Suffix">What makes the name unique; also the service instance id in telemetry.</param>
/// <param name="Index">0 for the first replica.</param>
internal sealed record DcpInstance(string Name, string Suffix, int Index);
