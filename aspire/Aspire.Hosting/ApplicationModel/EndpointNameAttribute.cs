namespace Aspire.Hosting.ApplicationModel;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;
