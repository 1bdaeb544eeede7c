namespace Aspire.Hosting.ApplicationModel;

internal sealed record EventSnapshot(Task EventTask);
