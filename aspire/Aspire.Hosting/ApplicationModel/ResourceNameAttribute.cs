namespace Aspire.Hosting.ApplicationModel;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;
