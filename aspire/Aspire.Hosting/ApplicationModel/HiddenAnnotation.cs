namespace Aspire.Hosting.ApplicationModel;

internal sealed class HiddenAnnotation : IResourceAnnotation;
